namespace Slipway.Kernel;

/// <summary>A row of the table of what is audited; each module lists its own in <c>AuditActions</c>, and docs/audit.md prints them all.</summary>
/// <param name="Name">Object and verb, such as <c>person.create</c>; stable, since it stands in entries for ever.</param>
/// <param name="Meaning">One sentence for the docs.</param>
public sealed record AuditAction(string Name, string Meaning)
{
    /// <summary>It concerns the whole server: its entries belong to no workspace, and reading them needs the permission on the server.</summary>
    public bool ServerWide { get; init; }
}
