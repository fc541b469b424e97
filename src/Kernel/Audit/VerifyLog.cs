using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Kernel.Contracts;

namespace Slipway.Kernel;

/// <summary>Verifies the whole log on the server, against its witness folder as well. Convenient; proof for those who doubt the server is the export and the CLI.</summary>
internal static class VerifyLog
{
    public static void Map(RouteGroupBuilder audit) => audit
        .MapPost("/verify", async (Handler handler, CancellationToken ct) => TypedResults.Ok(await handler.Handle(ct)))
        .Needs(AuditPermissions.Export).WithName(nameof(VerifyLog)).WithSummary("Recomputes every leaf and root, checks every signature, compares with the witness.");

    internal sealed class Handler(AuditReplay replay, AuditWitness witness)
    {
        public async Task<AuditVerifyView> Handle(CancellationToken ct)
        {
            var started = Stopwatch.GetTimestamp();
            // The witness first: what it has seen must be in the log that is read after it.
            using var trust = witness.Read();
            var verifier = new AuditVerifier(new AuditTrust(trust.Witnessed, AuditTrust.None.Keys));
            var sink = new Sink(verifier);
            await replay.Run(sink, ct);
            return sink.Empty && trust.Witnessed.Count == 0
                ? new AuditVerifyView(true, 0, 0, [], 0)
                : verifier.End((long)Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }
    }

    private sealed class Sink(AuditVerifier verifier) : IAuditSink
    {
        public bool Empty { get; private set; } = true;

        public void Header(string origin, long size, IReadOnlyList<byte[]> publicKeys)
        {
            Empty = false;
            verifier.Header(origin, size, long.MaxValue, publicKeys);
        }

        public void Entry(StoredEntry entry)
        {
            Empty = false;
            var index = entry.Index!.Value;
            verifier.Entry(index, entry.Leaf, entry.Entry);
            if (!Agrees(entry))
            {
                verifier.Fault(AuditFaults.AlteredColumns, $"What lists show of entry {index} ({entry.Id}) is not what its bytes say.", index, index + 1);
            }
        }

        public void Checkpoint(string note)
        {
            Empty = false;
            verifier.Checkpoint(note);
        }

        public Task Flush(CancellationToken ct) => Task.CompletedTask;

        private static bool Agrees(StoredEntry entry)
        {
            try { return entry.ColumnsAgree(AuditEntry.Parse(entry.Entry)); }
            catch (FormatException) { return false; }
        }
    }
}
