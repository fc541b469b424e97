namespace Slipway.Identity.Contracts;

/// <summary>What one principal may do on one resource.</summary>
/// <param name="Resource"><c>server</c>, <c>workspace/*</c> or <c>workspace/{name}</c>.</param>
/// <param name="CreatedBy">Id of the principal who gave it.</param>
public sealed record GrantView(string Id, string PrincipalId, string PrincipalName, string Resource, Role Level, long CreatedMs, string CreatedBy);

public sealed record CreateGrantRequest(string PrincipalId, string Resource, Role Level);
