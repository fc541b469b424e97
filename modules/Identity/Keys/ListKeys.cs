using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Identity.Contracts;
using Slipway.Kernel;
using Slipway.Kernel.Contracts;

namespace Slipway.Identity.Keys;

/// <summary>Keys, newest first: the caller's own and those of service accounts that they own; everybody's with a permission.</summary>
internal static class ListKeys
{
    public static void Map(RouteGroupBuilder keys) => keys
        .MapGet("", async (Caller caller, Handler handler, CancellationToken ct, string? principal = null, int? limit = null, string? cursor = null) =>
            (await handler.Handle(caller, principal, limit, cursor, ct)).ToHttp())
        .NeedsSignIn().WithName(nameof(ListKeys)).WithSummary("Keys, newest first: the caller's and their service accounts'; everybody's with identity.keys.read.")
        .Produces<Page<KeyView>>().ProducesProblem(400);

    internal sealed class Handler(Db db)
    {
        public async Task<Result<Page<KeyView>>> Handle(Caller caller, string? principal, int? limit, string? cursor, CancellationToken ct)
        {
            if (Paging.Fault(limit) is { } fault) { return fault; }

            if (Position(cursor) is not { } before) { return Problem.Invalid("cursor", $"'{cursor}' is no cursor of this list; take it from 'next'."); }

            var (rows, owner) = (limit ?? Paging.DefaultRows, caller.Has(Permissions.KeysRead) ? null : caller.Id);
            var keys = await db.Read(tx => KeyStore.NewestFirst(tx, owner, principal, before.CreatedMs, before.Id, rows + 1), ct);
            return Paging.Cut(keys, rows, key => $"{key.CreatedMs}-{key.Id}");
        }

        private static (long CreatedMs, string Id)? Position(string? cursor)
        {
            if (cursor is null) { return (long.MaxValue, ""); }

            var dash = cursor.IndexOf('-', StringComparison.Ordinal);
            return dash > 0 && long.TryParse(cursor.AsSpan(0, dash), NumberStyles.None, CultureInfo.InvariantCulture, out var ms) ? (ms, cursor[(dash + 1)..]) : null;
        }
    }
}
