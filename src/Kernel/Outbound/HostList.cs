using System.Net;

namespace Slipway.Kernel.Outbound;

/// <summary>A list of a setting: host names, <c>*.names</c> below one, addresses and networks.</summary>
internal sealed class HostList
{
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _below = [];
    private readonly List<IPNetwork> _networks = [];

    /// <param name="list">Separated by commas; null or empty = nothing.</param>
    public HostList(string? list)
    {
        foreach (var item in Items(list))
        {
            if (Network(item) is { } network) { _networks.Add(network); }
            else if (item.StartsWith("*.", StringComparison.Ordinal)) { _below.Add(item[1..]); }
            else { _names.Add(item); }
        }
    }

    public bool IsEmpty => _names.Count == 0 && _below.Count == 0 && _networks.Count == 0;

    public bool Has(string host) => _names.Contains(host) || _below.Exists(end => host.EndsWith(end, StringComparison.OrdinalIgnoreCase));

    public bool Has(IPAddress address) => _networks.Exists(network => network.Contains(address));

    /// <summary>What is neither a name nor an address nor a network.</summary>
    public static IEnumerable<string> Faults(string? list) => Items(list).Where(item =>
        Network(item) is null && (item.Contains('/') || Uri.CheckHostName(item.StartsWith("*.", StringComparison.Ordinal) ? item[2..] : item) != UriHostNameType.Dns));

    private static string[] Items(string? list) => (list ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static IPNetwork? Network(string item) =>
        IPNetwork.TryParse(item, out var network) ? network
        : !item.Contains('/') && IPAddress.TryParse(item, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
        : null;
}
