using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Governance.Contracts;
using Slipway.Kernel;
using Slipway.Kernel.Contracts;

namespace Slipway.Governance.Policies;

/// <summary>The policy in force, and the ones before it.</summary>
internal sealed class GetPolicy(Db db, PolicyStore policies)
{
    private const int DefaultLimit = 100;

    public static void Map(RouteGroupBuilder policy)
    {
        policy.MapGet("", async (Caller caller, GetPolicy handler, CancellationToken ct) => (await handler.InForce(caller, ct)).ToHttp())
            .Needs(Permissions.PolicyRead).WithName(nameof(GetPolicy)).WithSummary("The policy in force, with its text.").Produces<PolicyView>();
        policy.MapGet("/versions", async (string? cursor, int? limit, Caller caller, GetPolicy handler, CancellationToken ct) => (await handler.List(caller, cursor, limit ?? DefaultLimit, ct)).ToHttp())
            .Needs(Permissions.PolicyRead).WithName("ListPolicyVersions").WithSummary("Every policy that was ever in force, the newest first, without their texts.").Produces<Page<PolicyView>>().ProducesProblem(400);
        policy.MapGet("/versions/{version}", async (long version, Caller caller, GetPolicy handler, CancellationToken ct) => (await handler.ByVersion(caller, version, ct)).ToHttp())
            .Needs(Permissions.PolicyRead).WithName("GetPolicyVersion").WithSummary("One version of the policy; 0 is the one that is built in.").Produces<PolicyView>().ProducesProblem(404);
    }

    public async Task<Result<PolicyView>> InForce(Caller caller, CancellationToken ct) => caller.Lacks(Permissions.PolicyRead) is { } denied
        ? denied
        : await db.Read(tx => policies.InForce(tx, caller.Workspace).ToView(inForce: true, withText: true), ct);

    public async Task<Result<PolicyView>> ByVersion(Caller caller, long version, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.PolicyRead) is { } denied) { return denied; }

        return await db.Read<Result<PolicyView>>(tx => policies.Find(tx, caller.Workspace, version) is { } found
            ? found.ToView(policies.InForce(tx, caller.Workspace).Version == version, withText: true)
            : Problem.NotFound("version of the policy", version.ToString(CultureInfo.InvariantCulture)), ct);
    }

    public async Task<Result<Page<PolicyView>>> List(Caller caller, string? cursor, int limit, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.PolicyRead) is { } denied) { return denied; }

        if (Paging.LimitFault(limit) is { } tooMany) { return tooMany; }

        if (!long.TryParse(cursor ?? $"{long.MaxValue}", NumberStyles.None, CultureInfo.InvariantCulture, out var before)) { return Paging.CursorFault(cursor!); }

        return await db.Read(tx =>
        {
            var inForce = policies.InForce(tx, caller.Workspace).Version;
            var found = policies.Newest(tx, caller.Workspace, before, limit + 1);
            var page = found.Take(limit).Select(policy => policy.ToView(policy.Version == inForce, withText: false)).ToList();
            return new Page<PolicyView>(page, found.Count > limit ? page[^1].Version.ToString(CultureInfo.InvariantCulture) : null);
        }, ct);
    }
}
