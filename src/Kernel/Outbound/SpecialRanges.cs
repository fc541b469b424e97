using System.Net;
using System.Net.Sockets;

namespace Slipway.Kernel.Outbound;

/// <summary>
/// Addresses that are no public receiver: the special-purpose registries of IANA (RFC 6890 and later entries), forms of IPv6 that carry an IPv4 address, and an
/// address at which a cloud answers its own machines.
/// </summary>
public static class SpecialRanges
{
    // The first that contains an address names it.
    private static readonly (IPNetwork Network, string Name)[] Ranges =
    [
        Range("0.0.0.0/8", "this network"),
        Range("10.0.0.0/8", "private"),
        Range("100.64.0.0/10", "shared by a provider (CGNAT)"),
        Range("127.0.0.0/8", "loopback"),
        Range("168.63.129.16/32", "a cloud's own"),
        Range("169.254.0.0/16", "link-local"),
        Range("172.16.0.0/12", "private"),
        Range("192.0.0.0/24", "kept for protocols"),
        Range("192.0.2.0/24", "for documentation"),
        Range("192.88.99.0/24", "6to4"),
        Range("192.168.0.0/16", "private"),
        Range("198.18.0.0/15", "for benchmarks"),
        Range("198.51.100.0/24", "for documentation"),
        Range("203.0.113.0/24", "for documentation"),
        Range("224.0.0.0/4", "multicast"),
        Range("255.255.255.255/32", "broadcast"),
        Range("240.0.0.0/4", "reserved"),
        Range("::/128", "no address"),
        Range("::1/128", "loopback"),
        Range("::/96", "IPv4 inside IPv6"),
        Range("64:ff9b::/96", "NAT64"),
        Range("64:ff9b:1::/48", "NAT64"),
        Range("fc00::/7", "private (ULA)"),
        Range("fe80::/10", "link-local"),
        Range("fec0::/10", "private (site-local)"),
        Range("ff00::/8", "multicast"),
        Range("2001::/32", "Teredo"),
        Range("2001:db8::/32", "for documentation"),
        Range("2001::/23", "kept for protocols"),
        Range("2002::/16", "6to4"),
        Range("3fff::/20", "for documentation"),
    ];

    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    /// <summary>What range the address belongs to, in a word or two; null when it is public.</summary>
    public static string? NameOf(IPAddress address)
    {
        var plain = Plain(address);
        foreach (var (network, name) in Ranges)
        {
            if (network.Contains(plain)) { return name; }
        }

        return plain.AddressFamily == AddressFamily.InterNetworkV6 && !GlobalUnicast.Contains(plain) ? "not assigned" : null;
    }

    /// <summary>The address that is really called: an IPv4 address mapped into IPv6 is that IPv4 address, and no zone hides a range.</summary>
    public static IPAddress Plain(IPAddress address) =>
        address.IsIPv4MappedToIPv6 ? address.MapToIPv4()
        : address.AddressFamily == AddressFamily.InterNetworkV6 && address.ScopeId != 0 ? new IPAddress(address.GetAddressBytes())
        : address;

    private static (IPNetwork, string) Range(string cidr, string name) => (IPNetwork.Parse(cidr), name);
}
