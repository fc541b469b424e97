using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Kernel.Contracts;

namespace Slipway.Kernel;

/// <summary>Signed checkpoints, newest first.</summary>
internal static class ListCheckpoints
{
    private const int DefaultRows = 100;

    public static void Map(RouteGroupBuilder audit) => audit
        .MapGet("/checkpoints", async (long? cursor, int? limit, Handler handler, CancellationToken ct) => (await handler.Handle(cursor, limit ?? DefaultRows, ct)).ToHttp())
        .Needs(AuditPermissions.Read).WithName(nameof(ListCheckpoints)).WithSummary("Signed checkpoints, newest first.")
        .Produces<Page<CheckpointView>>().ProducesProblem(400);

    internal sealed class Handler(Db db)
    {
        /// <param name="before">Size of the last checkpoint of the page before; null = from the newest.</param>
        public async Task<Result<Page<CheckpointView>>> Handle(long? before, int limit, CancellationToken ct)
        {
            if (limit is < 1 or > Limits.PageRows) { return Problem.Invalid("limit", $"limit is {limit}; it must be 1 to {Limits.PageRows}."); }

            var (checkpoints, keys) = await db.Read(tx => (AuditStore.CheckpointsBefore(tx, before ?? long.MaxValue, limit), AuditStore.PublicKeys(tx)), ct);
            var ids = keys.ConvertAll(key => AuditKeyId.Of(key));
            return new Page<CheckpointView>(checkpoints.ConvertAll(stored => View(stored, ids)), checkpoints.Count == limit ? $"{checkpoints[^1].Size}" : null);
        }

        private static CheckpointView View(StoredCheckpoint stored, List<string> keyIds)
        {
            if (!AuditCheckpoint.TryParse(stored.Note, out var checkpoint, out var signature)) { throw new AuditCorruptException($"Checkpoint {stored.Size} cannot be read; run a verification of the log."); }

            var hint = Convert.ToHexStringLower(signature.AsSpan(0, 4));
            return new CheckpointView(
                checkpoint.Size, checkpoint.AtMs, Convert.ToHexStringLower(checkpoint.Root), keyIds.Find(id => id.StartsWith(hint, StringComparison.Ordinal)) ?? hint, stored.Note, stored.Witnessed);
        }
    }
}
