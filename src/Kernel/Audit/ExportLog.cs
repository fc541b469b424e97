using System.IO.Pipelines;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Kernel.Contracts;

namespace Slipway.Kernel;

/// <summary>Streams the whole log up to now, for <c>slipway audit verify</c>. The export itself is audited.</summary>
internal static class ExportLog
{
    public static void Map(RouteGroupBuilder audit) => audit
        .MapGet("/export", (HttpContext context, Caller caller, Handler handler, CancellationToken ct) => handler.Handle(context, caller, ct))
        .Needs(AuditPermissions.Export).WithName(nameof(ExportLog)).WithSummary("The log as NDJSON: header, entries, checkpoints; format in docs/audit.md.")
        .Produces(200, contentType: AuditExportWriter.MediaType);

    internal sealed class Handler(Db db, AuditReplay replay, TimeProvider clock)
    {
        public async Task Handle(HttpContext context, Caller caller, CancellationToken ct)
        {
            await db.Append(tx => tx.Audit(caller, AuditActions.Export, "audit/log"), ct);
            context.Response.ContentType = AuditExportWriter.MediaType;
            context.Response.Headers.ContentDisposition = "attachment; filename=\"slipway-audit.ndjson\"";
            using var sink = new Sink(context.Response.BodyWriter, clock.NowMs());
            await replay.Run(sink, ct);
        }
    }

    private sealed class Sink(PipeWriter output, long nowMs) : IAuditSink, IDisposable
    {
        private readonly AuditExportWriter _writer = new(output);

        public void Header(string origin, long size, IReadOnlyList<byte[]> publicKeys) => _writer.Header(origin, size, nowMs, publicKeys);

        public void Entry(StoredEntry entry) => _writer.Entry(entry.Index!.Value, entry.Leaf, entry.Entry);

        public void Checkpoint(string note) => _writer.Checkpoint(note);

        public async Task Flush(CancellationToken ct) => await output.FlushAsync(ct);

        public void Dispose() => _writer.Dispose();
    }
}
