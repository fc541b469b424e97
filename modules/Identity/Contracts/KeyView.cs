namespace Slipway.Identity.Contracts;

/// <summary>An API key without its secret.</summary>
/// <param name="Id">The eight characters that stand in the key itself.</param>
/// <param name="PrincipalId">In whose name it acts.</param>
/// <param name="Workspace">Where requests go that name no workspace.</param>
/// <param name="Level">Caps what its principal may do; absent = all of it.</param>
/// <param name="LastUsedMs">To the minute; absent = never used.</param>
/// <param name="RevokedMs">Absent = in force until it expires.</param>
public sealed record KeyView(
    string Id, string Name, string PrincipalId, string PrincipalName, string Workspace, long CreatedMs, long ExpiresMs,
    Role? Level = null, long? LastUsedMs = null, long? RevokedMs = null);

/// <param name="Name">What it is for, 1 to 250 characters.</param>
/// <param name="PrincipalId">Absent = the caller's own; otherwise a service account.</param>
/// <param name="Workspace">Name of a workspace that the principal may see.</param>
/// <param name="Level">Absent = everything that the principal may do.</param>
/// <param name="ExpiresInDays">1 to 365.</param>
public sealed record CreateKeyRequest(string Name, string Workspace, int ExpiresInDays, string? PrincipalId = null, Role? Level = null);

/// <param name="Secret">The whole key, shown this once.</param>
public sealed record CreatedKeyView(KeyView Key, string Secret);
