using Slipway.Identity.SignIn;
using Slipway.Kernel;

namespace Slipway.Identity.Tests.SignIn;

public sealed class CredentialCacheTests
{
    private static readonly Caller Ann = new("1", "ann", PrincipalKind.Person, []);
    private readonly ManualClock _clock = new();

    [Fact]
    public void What_was_verified_is_known_for_a_minute()
    {
        var cache = new CredentialCache(_clock);
        cache.Keep(CredentialKind.Key, "secret", Ann, long.MaxValue, cache.Epoch);

        _clock.Advance(TimeSpan.FromSeconds(59));
        Assert.Same(Ann, cache.Find(CredentialKind.Key, "secret"));
        Assert.Null(cache.Find(CredentialKind.Session, "secret"));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(cache.Find(CredentialKind.Key, "secret"));
    }

    [Fact]
    public void Nothing_is_known_longer_than_it_lives()
    {
        var cache = new CredentialCache(_clock);
        cache.Keep(CredentialKind.Key, "secret", Ann, _clock.NowMs() + 1_000, cache.Epoch);

        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Null(cache.Find(CredentialKind.Key, "secret"));
    }

    [Fact]
    public void What_was_read_before_a_change_is_not_kept_after_it()
    {
        var cache = new CredentialCache(_clock);
        var epoch = cache.Epoch;

        cache.Clear();
        cache.Keep(CredentialKind.Key, "secret", Ann, long.MaxValue, epoch);

        Assert.Null(cache.Find(CredentialKind.Key, "secret"));
    }
}
