namespace Slipway.Kernel;

public static class AuditPermissions
{
    /// <summary>On a workspace for its entries.</summary>
    public static readonly Permission Read = new("audit.read", "Read the audit entries of a workspace; on the server, of all and of the server itself.", Permission.Overseers);

    /// <summary>The same on the server: every entry.</summary>
    public static readonly Permission ReadAll = Read with { ServerWide = true };

    public static readonly Permission Export = new("audit.export", "Export and verify the whole audit log.", Permission.Overseers) { ServerWide = true };

    public static readonly IReadOnlyList<Permission> All = [Read, Export];
}
