using Slipway.Identity.Contracts;
using Slipway.Identity.SignIn;
using Slipway.Kernel;

namespace Slipway.Identity.People;

/// <summary>A link that works once: its token stands behind <c>#</c>, so that no log of a proxy and no Referer ever holds it.</summary>
internal sealed record OneTimeLink(string Token, long ExpiresMs)
{
    public static readonly TimeSpan InvitationLife = TimeSpan.FromHours(24);
    public static readonly TimeSpan SetUpLife = TimeSpan.FromMinutes(15);

    public byte[] Hash => RandomToken.Hash(Token);

    public static OneTimeLink Create(TimeProvider clock, TimeSpan life) => new(RandomToken.Create(), clock.NowMs() + (long)life.TotalMilliseconds);

    public string Url(Uri publicUrl) => $"{publicUrl.GetLeftPart(UriPartial.Path).TrimEnd('/')}/set-up#token={Token}";

    public InvitationView View(ServerAddresses addresses) => new(Url(addresses.PublicUrl), ExpiresMs);
}
