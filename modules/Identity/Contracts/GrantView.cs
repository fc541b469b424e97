namespace Slipway.Identity.Contracts;

/// <summary>What one principal may do on one resource.</summary>
/// <param name="Resource"><c>server</c>, <c>workspace/*</c>, <c>workspace/{name}</c>, <c>workspace/{name}/experiment/{id}</c> or <c>workspace/{name}/model/{name}</c>.</param>
/// <param name="CreatedBy">
/// Id of the principal who gave it, or its level. Who made an object gave it to themselves; such a grant on an object counts only while they have a role in the workspace that may make objects.
/// </param>
public sealed record GrantView(string Id, string PrincipalId, string PrincipalName, string Resource, Role Level, long CreatedMs, string CreatedBy);

/// <param name="PrincipalId">Id or name of an active person or service account.</param>
public sealed record CreateGrantRequest(string PrincipalId, string Resource, Role Level);
