using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Identity.Contracts;
using Slipway.Identity.Grants;
using Slipway.Kernel;

namespace Slipway.Identity.SignIn;

/// <summary>What the sign-in page must know before anybody has signed in.</summary>
internal static class ShowSignIn
{
    public static void Map(RouteGroupBuilder native) => native
        .MapGet("/sign-in", async (Handler handler, CancellationToken ct) => Results.Ok(await handler.Handle(ct)))
        .OpenToAll("The sign-in page asks it first.").WithName(nameof(ShowSignIn)).WithSummary("Whether credentials are needed here, and whether the server waits for its set-up.")
        .Produces<SignInView>();

    internal sealed class Handler(Db db, ServerAddresses addresses)
    {
        public async Task<SignInView> Handle(CancellationToken ct) => new(
            addresses.LocalMode ? AuthMode.Local : AuthMode.Required,
            !addresses.LocalMode && !await db.Read(tx => GrantStore.AnyAdmin(tx), ct),
            addresses.InsecureHttp);
    }
}
