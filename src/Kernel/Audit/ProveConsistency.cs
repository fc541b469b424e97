using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Kernel.Contracts;

namespace Slipway.Kernel;

/// <summary>That the log of an earlier checkpoint is the beginning of that of a later one: nothing before it was changed.</summary>
internal static class ProveConsistency
{
    public static void Map(RouteGroupBuilder audit) => audit
        .MapGet("/consistency", async (long from, long to, Handler handler, CancellationToken ct) => (await handler.Handle(from, to, ct)).ToHttp())
        .Needs(AuditPermissions.Read).WithName(nameof(ProveConsistency)).WithSummary("Consistency proof (RFC 9162) between two checkpoints, given by their sizes.")
        .Produces<ConsistencyProofView>().ProducesProblem(400).ProducesProblem(404);

    internal sealed class Handler(Db db)
    {
        public async Task<Result<ConsistencyProofView>> Handle(long from, long to, CancellationToken ct)
        {
            if (from < 1 || from > to) { return Problem.Invalid("from", $"from is {from} and to is {to}; wanted is 1 ≤ from ≤ to, both sizes of checkpoints."); }

            return await db.Read(tx => Prove(tx, from, to), ct);
        }

        private static Result<ConsistencyProofView> Prove(ReadTx tx, long from, long to)
        {
            if (AuditStore.Checkpoint(tx, from) is not { } older) { return Problem.NotFound("checkpoint", $"{from}"); }

            if (AuditStore.Checkpoint(tx, to) is not { } newer) { return Problem.NotFound("checkpoint", $"{to}"); }

            if (!AuditCheckpoint.TryParse(older.Note, out var first, out _) || !AuditCheckpoint.TryParse(newer.Note, out var second, out _))
            {
                return AuditProblems.Corrupt($"Checkpoint {from} or {to} cannot be read.");
            }

            var proof = AuditTree.Consistency(tx, from, to);
            return MerkleProof.Extends(from, to, proof, first.Root, second.Root)
                ? new ConsistencyProofView(
                    from, to, proof.ConvertAll(Convert.ToHexStringLower), Convert.ToHexStringLower(first.Root), Convert.ToHexStringLower(second.Root), older.Note, newer.Note)
                : AuditProblems.Corrupt($"The log of size {to} does not begin with that of size {from}.");
        }
    }
}
