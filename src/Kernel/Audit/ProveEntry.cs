using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Kernel.Contracts;

namespace Slipway.Kernel;

/// <summary>That an entry stands in the log of the newest checkpoint.</summary>
internal static class ProveEntry
{
    public static void Map(RouteGroupBuilder audit) => audit
        .MapGet("/{id}/proof", async (string id, Caller caller, Handler handler, CancellationToken ct) => (await handler.Handle(caller, id, ct)).ToHttp())
        .NeedsSignIn().WithName(nameof(ProveEntry)).WithSummary("Inclusion proof (RFC 9162) against the newest signed checkpoint.")
        .Produces<InclusionProofView>().ProducesProblem(404).ProducesProblem(409);

    internal sealed class Handler(Db db)
    {
        public Task<Result<InclusionProofView>> Handle(Caller caller, string id, CancellationToken ct) => db.Read<Result<InclusionProofView>>(tx =>
        {
            if (AuditStore.Find(tx, id) is not { } entry || !AuditAccess.MayRead(caller, entry)) { return Problem.NotFound("audit entry", id); }

            if (entry.Index is not { } index || AuditStore.LastCheckpoint(tx) is not { } checkpoint)
            {
                return Problem.Conflict("pending", $"Entry '{id}' is not yet in the tree; it will be within a second.");
            }

            return Prove(tx, entry, index, checkpoint);
        }, ct);

        private static Result<InclusionProofView> Prove(ReadTx tx, StoredEntry entry, long index, StoredCheckpoint stored)
        {
            if (index >= stored.Size || !AuditCheckpoint.TryParse(stored.Note, out var checkpoint, out _)) { return AuditProblems.Corrupt($"Checkpoint {stored.Size} does not cover entry {index}."); }

            // Checked here too: a proof that does not lead to the signed root means that the log was changed.
            var path = AuditTree.Inclusion(tx, index, checkpoint.Size);
            return MerkleProof.Includes(MerkleHash.Leaf(entry.Entry), index, checkpoint.Size, path, checkpoint.Root)
                ? new InclusionProofView(
                    Convert.ToBase64String(entry.Entry), Convert.ToHexStringLower(MerkleHash.Leaf(entry.Entry)), index, checkpoint.Size,
                    path.ConvertAll(Convert.ToHexStringLower), Convert.ToHexStringLower(checkpoint.Root), stored.Note)
                : AuditProblems.Corrupt($"Entry {index} does not lead to the root that was signed at size {checkpoint.Size}.");
        }
    }
}
