using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Slipway.Kernel;

namespace Slipway.Identity.SignIn;

/// <summary>
/// Makes guessing slow: after some failures for one name, or from one address, each further attempt must wait, twice as long each time. Kept in
/// memory of this process; a restart forgets it, which helps nobody guess. Thread safe.
/// </summary>
internal sealed class BackOff(TimeProvider clock)
{
    /// <summary>Failures without a wait: a person who mistypes is not held up.</summary>
    public const int FreePerName = 5;

    /// <summary>Higher than per name: many people may share an address.</summary>
    public const int FreePerAddress = 30;

    public const int MaxSeconds = 60;
    private const long ForgetMs = 15 * 60_000;
    private const int MaxEntries = 50_000;

    private readonly ConcurrentDictionary<string, Failures> _failures = new();

    /// <summary>Seconds from the last failure until the next attempt is looked at: 0 up to <paramref name="free"/> failures, then 1, 2, 4, … <see cref="MaxSeconds"/>.</summary>
    public static int WaitSeconds(int failures, int free) => failures < free ? 0 : (int)Math.Min(MaxSeconds, 1L << Math.Min(30, failures - free));

    /// <summary>Seconds, rounded up, that this attempt must still wait; 0 = go on.</summary>
    public int SecondsLeft(string name, string? address) => Math.Max(Left("n:" + name, FreePerName), Left("a:" + Network(address), FreePerAddress));

    /// <summary>True when this failure is the first that makes others wait.</summary>
    public bool Failed(string name, string? address)
    {
        var (ofName, ofAddress) = (Count("n:" + name), Count("a:" + Network(address)));
        return ofName == FreePerName || ofAddress == FreePerAddress;
    }

    /// <summary>The name is cleared; the address is not, since a guesser may own one account.</summary>
    public void Succeeded(string name) => _failures.TryRemove("n:" + name, out _);

    private int Left(string key, int free)
    {
        if (!_failures.TryGetValue(key, out var failures)) { return 0; }

        var left = failures.LastMs + (WaitSeconds(failures.Count, free) * 1_000L) - clock.NowMs();
        return left <= 0 ? 0 : (int)((left + 999) / 1_000);
    }

    private int Count(string key)
    {
        var now = clock.NowMs();
        if (_failures.Count >= MaxEntries)
        {
            foreach (var (old, failures) in _failures.Where(entry => now - entry.Value.LastMs > MaxSeconds * 1_000)) { _failures.TryRemove(old, out _); }
        }

        return _failures.AddOrUpdate(key, _ => new Failures(1, now), (_, old) => now - old.LastMs > ForgetMs ? new Failures(1, now) : new Failures(old.Count + 1, now)).Count;
    }

    /// <summary>An IPv6 subscriber has a whole /64.</summary>
    private static string Network(string? address) =>
        IPAddress.TryParse(address, out var ip) && ip is { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false }
            ? Convert.ToHexString(ip.GetAddressBytes().AsSpan(0, 8))
            : address ?? "";

    private sealed record Failures(int Count, long LastMs);
}
