using Slipway.Kernel;

namespace Slipway.Identity.SignIn;

/// <summary>A session about to begin.</summary>
internal sealed record NewSession(string Id, string Token, long NowMs, long ExpiresMs)
{
    public static NewSession Create(TimeProvider clock, IdentityOptions options)
    {
        var now = clock.NowMs();
        return new NewSession(Ids.New(clock), RandomToken.Create(), now, now + (options.SessionHours * 3_600_000L));
    }

    public void Insert(WriteTx tx, string principalId) => SessionStore.Insert(tx, Id, RandomToken.Hash(Token), principalId, NowMs, ExpiresMs);
}
