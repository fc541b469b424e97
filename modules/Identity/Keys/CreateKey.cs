using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using Slipway.Identity.Contracts;
using Slipway.Identity.People;
using Slipway.Identity.Workspaces;
using Slipway.Kernel;

namespace Slipway.Identity.Keys;

/// <summary>Makes an API key. Its secret is in the answer and nowhere else.</summary>
internal static class CreateKey
{
    public static void Map(RouteGroupBuilder keys) => keys
        .MapPost("", async (CreateKeyRequest body, Caller caller, Handler handler, CancellationToken ct) =>
            (await handler.Handle(caller, body, ct)).ToCreated(made => $"{Routes.Native}/keys/{made.Key.Id}"))
        .NeedsSignIn().WithName(nameof(CreateKey)).WithSummary("Makes a key for the caller or for a service account; the secret is shown this once.")
        .Produces<CreatedKeyView>(201).ProducesProblem(400).ProducesProblem(403);

    internal sealed class Handler(Db db, IOptions<IdentityOptions> options, TimeProvider clock)
    {
        public async Task<Result<CreatedKeyView>> Handle(Caller caller, CreateKeyRequest request, CancellationToken ct)
        {
            if (caller.Kind == PrincipalKind.LocalOwner && request.PrincipalId is null)
            {
                return Problem.Invalid("principalId", "The local owner needs no key; make a service account and name it here.");
            }

            var faults = Names.Faults(
                ("name", Names.TitleFault(request.Name)),
                ("workspace", Names.WorkspaceFault(request.Workspace)),
                ("level", request.Level is Role.None ? "A key is capped at a role; 'none' is none." : null),
                ("expiresInDays", request.ExpiresInDays is >= 1 and <= KeyRule.MaxDays ? null : $"expiresInDays is {request.ExpiresInDays}; it may be 1 to {KeyRule.MaxDays}."));
            if (faults.Count > 0) { return Problem.Invalid(faults); }

            var (key, now, principalId) = (ApiKey.Create(options.Value.KeyEnvironment), clock.NowMs(), request.PrincipalId ?? caller.Id);
            return await db.Write<Result<CreatedKeyView>>(tx =>
            {
                var principal = PrincipalStore.Caller(tx, principalId);
                if (KeyRule.MayCreate(caller, principalId, PrincipalStore.ServiceAccount(tx, principalId)) is { } denied) { return denied; }

                if (principal is null) { return Problem.Invalid("principalId", $"'{principalId}' is no active service account."); }

                if (!principal.SeesWorkspace(request.Workspace) || !WorkspaceStore.Exists(tx, request.Workspace))
                {
                    return Problem.Invalid("workspace", $"There is no workspace '{request.Workspace}' that '{principal.Name}' may see; give it a role there first.");
                }

                KeyStore.Insert(tx, key, principalId, request.Name, request.Workspace, (Level?)request.Level, now, caller.Id, now + (long)TimeSpan.FromDays(request.ExpiresInDays).TotalMilliseconds);
                var view = KeyStore.Find(tx, key.Id)!;
                tx.Audit(caller, AuditActions.KeyCreate, $"key/{key.Id}", null, view);
                return new CreatedKeyView(view, key.ToString());
            }, ct);
        }
    }
}
