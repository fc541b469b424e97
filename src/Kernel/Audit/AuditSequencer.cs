using Microsoft.Extensions.Logging;
using Slipway.Kernel.Contracts;

namespace Slipway.Kernel;

/// <summary>
/// Gives committed entries their place in the tree and signs a checkpoint over it, within a second of the first that waits; one lease holder at a time.
/// Then tells open pages, and hands the checkpoints to the witness.
/// </summary>
public sealed partial class AuditSequencer(Db db, AuditSigner signer, AuditWitness witness, LiveHub live, TimeProvider clock, ILogger<AuditSequencer> log) : RoundsService
{
    private const int Batch = 500;

    // Short: the row lock keeps two from working at once, and after a crash the next goes on within a second.
    private const int LeaseMs = 1_000;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan WitnessPause = TimeSpan.FromSeconds(30);
    private readonly string _me = Ids.New(clock);
    private DateTimeOffset _witnessAgain;

    /// <summary>Places what waits, signs, and tells the witness.</summary>
    public async Task Step(CancellationToken ct)
    {
        // Looked at before written: an idle server does not write.
        var (entries, checkpoints) = await db.Read(
            tx => (tx.Exists($"SELECT 1 FROM kernel_audit_entries WHERE leaf_index IS NULL LIMIT 1"), tx.Exists($"SELECT 1 FROM kernel_audit_checkpoints WHERE witnessed = 0 LIMIT 1")), ct);
        while (entries) { entries = await db.Append(Place, ct); checkpoints = true; }

        if (checkpoints && witness.Configured && clock.GetUtcNow() >= _witnessAgain) { await Witness(ct); }
    }

    protected override async Task Round(CancellationToken ct)
    {
        await Step(ct);
        await Task.Delay(Pause, clock, ct);
    }

    /// <summary>
    /// True when there may be more. The row lock of the lease makes sequencers run one after the other, so the lower isolation of an append
    /// suffices; a serialisable one would collide with every write that is audited meanwhile.
    /// </summary>
    private bool Place(WriteTx tx)
    {
        if (!Leases.TryTake(tx, "audit.sequence", _me, LeaseMs)) { return false; }

        var waiting = tx.Query(
            $"SELECT entry_id, leaf, workspace FROM kernel_audit_entries WHERE leaf_index IS NULL ORDER BY entry_id LIMIT {Batch}",
            row => (Id: row.GetString(0), Leaf: (byte[])row[1], Workspace: row.GetString(2)));
        if (waiting.Count == 0) { return false; }

        // Before the others, so that the first checkpoint of the key already covers it.
        var more = waiting.Count == Batch;
        if (Introduce(tx) is { } key) { waiting.Insert(0, (key, AuditStore.Find(tx, key)!.Leaf, AuditLog.Server)); }

        var last = AuditStore.LastCheckpoint(tx);
        var tree = AuditTree.Frontier(tx, AuditStore.Size(tx));
        var (places, nodes) = (new List<(string Id, long Index)>(waiting.Count), new List<(long Id, byte[] Hash)>(waiting.Count));
        foreach (var (id, leaf, _) in waiting)
        {
            places.Add((id, tree.Size));
            tree.Append(leaf, (level, number, hash) => nodes.Add((AuditStore.NodeId(level, number), hash)));
        }

        tx.SendRows(
            places, place => $"({place.Id}, {place.Index})",
            rows => $"UPDATE kernel_audit_entries SET leaf_index = placed.column2 FROM (VALUES {rows}) AS placed WHERE kernel_audit_entries.entry_id = placed.column1");
        tx.SendRows(nodes, node => $"({node.Id}, {node.Hash})", rows => $"INSERT INTO kernel_audit_nodes (node_id, hash) VALUES {rows}");

        var checkpoint = new AuditCheckpoint(Origin(tx), tree.Size, tree.Root(), tx.Clock.NowMs(), last?.Size ?? 0);
        tx.Execute($"INSERT INTO kernel_audit_checkpoints (size, at_ms, note, witnessed) VALUES ({checkpoint.Size}, {checkpoint.AtMs}, {signer.Sign(checkpoint)}, 0)");
        tx.AfterCommit(() =>
        {
            foreach (var workspace in waiting.Select(entry => entry.Workspace).Distinct()) { live.Send(new LiveChange("audit", workspace, "log")); }
        });
        return more;
    }

    /// <summary>A key that signs for the first time is announced in the log that it signs; the first one also names the log.</summary>
    /// <returns>The entry, when the key is new.</returns>
    private string? Introduce(WriteTx tx)
    {
        if (tx.Exists($"SELECT 1 FROM kernel_audit_keys WHERE key_id = {signer.KeyId}")) { return null; }

        var number = tx.QueryOne($"SELECT COALESCE(MAX(number), 0) + 1 FROM kernel_audit_keys", row => row.GetInt64(0));
        tx.Execute($"INSERT INTO kernel_audit_keys (number, key_id, public_key, since_ms) VALUES ({number}, {signer.KeyId}, {signer.PublicKey}, {tx.Clock.NowMs()})");
        tx.AfterCommit(() => NewKey(signer.KeyId, number));
        return tx.Audit(Caller.ForJob("audit", AuditLog.Server), AuditActions.UseKey, AuditKeyId.Object(signer.KeyId), after: Convert.ToBase64String(signer.PublicKey));
    }

    private static string Origin(ReadTx tx) => AuditOrigin.Of(tx.QueryOne($"SELECT key_id FROM kernel_audit_keys ORDER BY number LIMIT 1", row => row.GetString(0))!);

    private async Task Witness(CancellationToken ct)
    {
        try
        {
            while (true)
            {
                var (keys, checkpoints) = await db.Read(tx => (AuditStore.PublicKeys(tx), AuditStore.Unwitnessed(tx, Batch)), ct);
                if (checkpoints.Count == 0) { return; }

                witness.Write(keys, checkpoints);
                var sizes = checkpoints.ConvertAll(checkpoint => checkpoint.Size);
                await db.Append(tx => tx.Execute($"UPDATE kernel_audit_checkpoints SET witnessed = 1 WHERE size IN (SELECT value FROM {tx.Dialect.IntegerList(sizes)})"), ct);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _witnessAgain = clock.GetUtcNow() + WitnessPause;
            NotWitnessed(WitnessPause.TotalSeconds, error);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Audit checkpoints could not be written to the witness folder; trying again in {Seconds} s")]
    private partial void NotWitnessed(double seconds, Exception error);

    [LoggerMessage(Level = LogLevel.Information, Message = "Audit key {KeyId} signs from now on (number {Number})")]
    private partial void NewKey(string keyId, long number);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Audit entries could not be placed and signed; trying again in a second")]
    protected override partial void Failed(Exception error);
}
