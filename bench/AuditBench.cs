using System.Diagnostics;
using System.IO.Pipelines;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Abstractions;
using Slipway.Kernel;
using Slipway.Kernel.Contracts;

namespace Slipway.Bench;

/// <summary>What the audit log costs a write, how fast entries are placed, how long a proof and the verification of a million entries take.</summary>
internal static class AuditBench
{
    private const int Rounds = 5;
    private const int Writes = 4_000;
    private const int Placed = 50_000;
    private const int Exported = 1_000_000;
    private const int PerCheckpoint = 500;
    private static readonly Caller Ada = new("0192f3a1b2c3d4e5f60718293a4b5c6d", "ada", PrincipalKind.Person, []) { CredentialId = "key/0192f3a1b2c3d4e5", RequestId = "0192f3a1b2c3", Address = "10.0.0.7" };

    public static async Task Run(string[] args)
    {
        var folder = Machine.Folder();
        try
        {
            await Overhead(folder.FullName);
            await Placing(folder.FullName);
            await Verifying(folder.FullName);
        }
        finally { folder.Delete(recursive: true); }
    }

    /// <summary>The same write with and without an entry, in turn, so that both meet the same neighbours.</summary>
    private static async Task Overhead(string folder)
    {
        await using var db = new DbOptions(Path.Combine(folder, "overhead.db")).Open(TimeProvider.System);
        await SchemaUpgrade.Run(db, [typeof(Db).Assembly], CancellationToken.None);
        await db.Write(tx => tx.Execute($"CREATE TABLE bench_rows (id BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL)"), CancellationToken.None);
        var next = 0L;
        foreach (var callers in (int[])[1, 16])
        {
            var plain = new Figures($"a write, {callers} callers", "µs");
            var audited = new Figures($"the same with an audit entry, {callers} callers", "µs");
            var overhead = new Figures($"overhead of the entry, {callers} callers", "µs", "100 µs");
            for (var round = -1; round < Rounds; round++)
            {
                var without = await Each(callers, () => db.Write(tx => Insert(tx, Interlocked.Increment(ref next)), CancellationToken.None));
                var with = await Each(callers, () => db.Write(
                    tx =>
                    {
                        var id = Interlocked.Increment(ref next);
                        Insert(tx, id);
                        tx.Audit(Ada, "run.delete", $"run/{id}", before: new { id, name = "loss", status = "finished" }, reason: "superseded");
                    }, CancellationToken.None));
                if (round < 0) { continue; }

                plain.Add(without);
                audited.Add(with);
                overhead.Add(with - without);
            }

            plain.Print();
            audited.Print();
            overhead.Print();
        }
    }

    private static int Insert(WriteTx tx, long id) => tx.Execute($"INSERT INTO bench_rows (id, name) VALUES ({id}, {"loss"})");

    /// <summary>Microseconds of wall time per write.</summary>
    private static async Task<double> Each(int callers, Func<Task> call)
    {
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < Writes / callers; i++) { await call(); }
        })));
        return clock.Elapsed.TotalMicroseconds / Writes;
    }

    private static async Task Placing(string folder)
    {
        await using var db = new DbOptions(Path.Combine(folder, "placing.db")).Open(TimeProvider.System);
        await SchemaUpgrade.Run(db, [typeof(Db).Assembly], CancellationToken.None);
        using var signer = new AuditSigner(new AuditOptions(Path.Combine(folder, "audit-key.pem"), null));
        using var sequencer = new AuditSequencer(db, signer, new AuditWitness(new AuditOptions("", null)), new LiveHub(), TimeProvider.System, NullLogger<AuditSequencer>.Instance);
        for (var i = 0; i < Placed; i += 1_000)
        {
            await db.Append(tx => { for (var k = 0; k < 1_000; k++) { tx.Audit(Ada, "run.delete", $"run/{k}"); } }, CancellationToken.None);
        }

        var clock = Stopwatch.StartNew();
        await sequencer.Step(CancellationToken.None);
        Print($"placing and signing, {Placed:#,0} waiting", Placed / clock.Elapsed.TotalSeconds, "entries/s");

        var size = await db.Read(AuditStore.Size, CancellationToken.None);
        var proofs = new List<double>();
        for (var i = 0; i < 2_000; i++)
        {
            var start = Stopwatch.GetTimestamp();
            await db.Read(tx => AuditTree.Inclusion(tx, Random.Shared.NextInt64(size), size), CancellationToken.None);
            proofs.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
        }

        Print($"inclusion proof out of {size:#,0} entries, p50", Figures.Quantile(proofs, 0.5), "µs");
        Print($"inclusion proof out of {size:#,0} entries, p99", Figures.Quantile(proofs, 0.99), "µs");
    }

    private static async Task Verifying(string folder)
    {
        var path = Path.Combine(folder, "audit.ndjson");
        await Export(path);
        var seconds = new Figures($"verify an export of {Exported:#,0} entries, {Exported / PerCheckpoint:#,0} checkpoints, {new FileInfo(path).Length >> 20} MB", "s", "10 s");
        for (var round = 0; round < Rounds; round++)
        {
            var clock = Stopwatch.StartNew();
            var verifier = new AuditVerifier(AuditTrust.None);
            await using (var file = File.OpenRead(path)) { AuditExportReader.Read(file, verifier); }

            if (!verifier.End(0).Ok) { throw new InvalidOperationException("the log made here is not sound"); }

            seconds.Add(clock.Elapsed.TotalSeconds);
        }

        seconds.Print();
    }

    private static async Task Export(string path)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await using var file = File.Create(path);
        var pipe = PipeWriter.Create(file);
        using var writer = new AuditExportWriter(pipe);
        var (id, tree) = (AuditKeyId.Of(key), new MerkleFrontier());
        var origin = $"slipway/audit/{id[..16]}";
        writer.Header(origin, Exported, 1_795_000_000_000, [key.ExportSubjectPublicKeyInfo()]);
        for (var i = 0; i < Exported; i++)
        {
            var entry = new AuditEntry(
                Ids.New(TimeProvider.System), 1_795_000_000_000 + i, Ada.Id, null, Ada.CredentialId, "default", i == 0 ? AuditKeyId.Introduced : "run.delete",
                i == 0 ? AuditKeyId.Object(id) : $"run/{i}", new string('a', 64), new string('b', 64), null, null, Ada.RequestId, Ada.Address).ToBytes();
            var leaf = MerkleHash.Leaf(entry);
            writer.Entry(i, leaf, entry);
            tree.Append(leaf);
            if (tree.Size % PerCheckpoint != 0) { continue; }

            writer.Checkpoint(new AuditCheckpoint(origin, tree.Size, tree.Root(), 1_795_000_000_000 + i, tree.Size - PerCheckpoint).Sign(key));
            await pipe.FlushAsync();
        }

        await pipe.CompleteAsync();
    }

    private static void Print(string name, double value, string unit)
    {
        var figures = new Figures(name, unit);
        figures.Add(value);
        figures.Print();
    }
}
