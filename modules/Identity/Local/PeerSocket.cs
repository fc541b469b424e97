using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Slipway.Identity.Local;

/// <summary>Which user of this machine holds the other end of a loopback connection: Linux tells in <c>/proc/net/tcp</c> and <c>tcp6</c> (proc_net_tcp in the kernel's documentation).</summary>
internal static class PeerSocket
{
    private const string Established = "01";

    private static readonly Lazy<uint?> Own = new(() => UserOf(File.ReadLines("/proc/self/status")));

    /// <summary>The effective user of this process; null when it cannot be read.</summary>
    public static uint? OwnUser => Own.Value;

    /// <summary>The user id; null when the socket is not found, so also when its program is in another network namespace.</summary>
    public static uint? OwnerOf(IPEndPoint peer, IPEndPoint own)
    {
        try
        {
            return (peer.AddressFamily == AddressFamily.InterNetwork ? Find(File.ReadLines("/proc/net/tcp"), peer, own) : null)
                ?? Find(File.ReadLines("/proc/net/tcp6"), V6(peer), V6(own));
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Only a socket that a program still holds counts: the kernel shows root as the owner of one whose program has closed it (no inode).</summary>
    public static uint? Find(IEnumerable<string> table, IPEndPoint peer, IPEndPoint own)
    {
        var (local, remote) = (Hex(peer), Hex(own));
        foreach (var line in table)
        {
            if (!line.Contains(local, StringComparison.Ordinal)) { continue; }

            var columns = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (columns.Length > 9 && columns[1] == local && columns[2] == remote && columns[3] == Established && columns[9] != "0")
            {
                return uint.Parse(columns[7], NumberStyles.None, CultureInfo.InvariantCulture);
            }
        }

        return null;
    }

    /// <summary>The second number of <c>Uid:</c> in <c>/proc/self/status</c>.</summary>
    public static uint? UserOf(IEnumerable<string> status) =>
        status.FirstOrDefault(line => line.StartsWith("Uid:", StringComparison.Ordinal))?.Split('\t') is { Length: > 2 } ids
            ? uint.Parse(ids[2], NumberStyles.None, CultureInfo.InvariantCulture)
            : null;

    /// <summary>As in the tables: each 32-bit word of the address as the machine reads it, then the port.</summary>
    private static string Hex(IPEndPoint point)
    {
        var bytes = point.Address.GetAddressBytes();
        var words = Enumerable.Range(0, bytes.Length / 4).Select(i => BitConverter.ToUInt32(bytes, i * 4).ToString("X8", CultureInfo.InvariantCulture));
        return $"{string.Concat(words)}:{point.Port:X4}";
    }

    private static IPEndPoint V6(IPEndPoint point) => new(point.Address.MapToIPv6(), point.Port);
}
