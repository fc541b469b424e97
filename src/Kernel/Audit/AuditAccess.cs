using Slipway.Kernel.Contracts;

namespace Slipway.Kernel;

/// <summary>Who may see which entries, and how they look.</summary>
internal static class AuditAccess
{
    /// <param name="workspace">Null = all; empty = the server itself.</param>
    public static Problem? Refusal(Caller caller, string? workspace) => string.IsNullOrEmpty(workspace)
        ? caller.Lacks(AuditPermissions.ReadAll) is { } denied ? denied with { Detail = $"{denied.Detail} For the entries of one workspace, name it: ?workspace=…" } : null
        : (caller with { Workspace = workspace }).Lacks(AuditPermissions.Read);

    public static bool MayRead(Caller caller, StoredEntry entry) => Refusal(caller, entry.Workspace) is null;

    public static AuditEntryView View(StoredEntry stored)
    {
        var entry = AuditEntry.Parse(stored.Entry);
        return new AuditEntryView(
            entry.Id, entry.AtMs, entry.Actor, entry.Workspace, entry.Action, entry.Object, entry.RequestId, stored.Index, entry.ActingAs,
            entry.CredentialId, entry.BeforeDigest, entry.AfterDigest, entry.Reason, entry.Policy, entry.Address);
    }
}
