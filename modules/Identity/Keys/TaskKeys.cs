using Slipway.Identity.Ports;
using Slipway.Identity.SignIn;
using Slipway.Kernel;

namespace Slipway.Identity.Keys;

/// <summary>Makes and ends the keys of programs that the server starts.</summary>
internal sealed class TaskKeys(Db db, CredentialCache cache, TimeProvider clock) : ITaskKeys
{
    /// <summary>Second part of such a key; the capital keeps it apart from every <see cref="IdentityOptions.KeyEnvironment"/>.</summary>
    public const string Environment = "Task";
    private static readonly TimeSpan Longest = TimeSpan.FromDays(31);

    public async Task<Result<TaskKey>> Create(Caller owner, string purpose, TimeSpan life, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(life, TimeSpan.FromSeconds(1));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(life, Longest);
        if (Narrow(owner, owner.Workspace) is null)
        {
            return Problem.Forbidden($"'{owner.Name}' is no contributor of workspace '{owner.Workspace}', so no program can work there in their name.");
        }

        var (key, now) = (ApiKey.Create(Environment), clock.NowMs());
        await db.Write(tx =>
        {
            TaskKeyStore.DeleteExpired(tx, now);
            var left = TaskKeyStore.DeleteOf(tx, owner.Workspace, purpose);
            foreach (var id in left) { tx.Audit(owner, AuditActions.KeyRevoke, $"key/{id}", reason: "its program begins anew"); }

            if (left.Count > 0) { tx.AfterCommit(cache.Clear); }

            TaskKeyStore.Insert(tx, key, owner.Id, owner.Workspace, purpose, now, now + (long)life.TotalMilliseconds);
            tx.Audit(owner, AuditActions.KeyCreate, $"key/{key.Id}", null, new { key.Id, PrincipalId = owner.Id, owner.Workspace, Level = Level.Contributor }, purpose);
        }, ct);
        return new TaskKey(key.Id, key.ToString());
    }

    public Task Revoke(Caller owner, string keyId, CancellationToken ct) => db.Write(tx =>
    {
        if (!TaskKeyStore.Delete(tx, keyId)) { return; }

        tx.Audit(owner, AuditActions.KeyRevoke, $"key/{keyId}");
        tx.AfterCommit(cache.Clear);
    }, ct);

    /// <summary>What the key may do of what its principal may: contribute to one workspace; null when that is more than the principal itself may.</summary>
    public static Caller? Narrow(Caller owner, string workspace)
    {
        var resource = $"workspace/{workspace}";
        if (owner.Cap is { } cap && !Permission.Writers.Contains(cap)) { return null; }

        return owner.Grants.Any(grant => grant.Covers(resource) && Permission.Writers.Contains(grant.Level))
            ? owner with { Grants = [new Grant(resource, Level.Contributor), .. owner.ObjectGrantsIn(workspace)], Cap = Level.Contributor, Workspace = workspace }
            : null;
    }
}

internal static class TaskKeyStore
{
    public static void Insert(WriteTx tx, ApiKey key, string principalId, string workspace, string purpose, long nowMs, long expiresMs) => tx.Execute(
        $"""
        INSERT INTO identity_task_keys (key_id, secret_hash, principal_id, workspace, purpose, created_ms, expires_ms)
        VALUES ({key.Id}, {key.SecretHash}, {principalId}, {workspace}, {purpose}, {nowMs}, {expiresMs})
        """);

    public static StoredKey? Find(ReadTx tx, string id) => tx.QueryOne(
        $"SELECT principal_id, secret_hash, workspace, expires_ms FROM identity_task_keys WHERE key_id = {id}",
        row => new StoredKey(row.GetString(0), row.GetFieldValue<byte[]>(1), row.GetString(2), Level.Contributor, row.GetInt64(3), null));

    public static bool Delete(WriteTx tx, string id) => tx.Execute($"DELETE FROM identity_task_keys WHERE key_id = {id}") == 1;

    /// <summary>Ids of the keys of one purpose, which are gone.</summary>
    public static List<string> DeleteOf(WriteTx tx, string workspace, string purpose) =>
        tx.Query($"DELETE FROM identity_task_keys WHERE workspace = {workspace} AND purpose = {purpose} RETURNING key_id", row => row.GetString(0));

    public static void DeleteExpired(WriteTx tx, long nowMs) => tx.Execute($"DELETE FROM identity_task_keys WHERE expires_ms <= {nowMs}");
}
