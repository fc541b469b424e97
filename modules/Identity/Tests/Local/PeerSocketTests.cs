using System.Net;
using System.Net.Sockets;
using Slipway.Identity.Local;

namespace Slipway.Identity.Tests.Local;

public sealed class PeerSocketTests
{
    // As Linux 6 prints them; 127.0.0.1:45678 connected to 127.0.0.1:8080.
    private const string Header = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode";
    private const string Server = "   1: 0100007F:1F90 0100007F:B26E 01 00000000:00000000 00:00000000 00000000   999        0 111 1 0000000000000000 20 4 30 10 -1";
    private static readonly IPEndPoint Peer = new(IPAddress.Loopback, 45_678);
    private static readonly IPEndPoint Own = new(IPAddress.Loopback, 8_080);

    [Theory]
    [InlineData("   2: 0100007F:B26E 0100007F:1F90 01 00000000:00000000 00:00000000 00000000  1000        0 222 1 0000000000000000 20 4 30 10 -1", 1000)]
    // Closed by its program: the kernel shows root and no inode.
    [InlineData("   2: 0100007F:B26E 0100007F:1F90 04 00000000:00000000 00:00000000 00000000     0        0 0 1 0000000000000000 20 4 30 10 -1", null)]
    [InlineData("   2: 0100007F:B26E 0100007F:1F90 01 00000000:00000000 00:00000000 00000000     0        0 0 1 0000000000000000 20 4 30 10 -1", null)]
    // The same port to somewhere else.
    [InlineData("   2: 0100007F:B26E 0100007F:1F91 01 00000000:00000000 00:00000000 00000000  1000        0 222 1 0000000000000000 20 4 30 10 -1", null)]
    [InlineData("   2: 0200007F:B26E 0100007F:1F90 01 00000000:00000000 00:00000000 00000000  1000        0 222 1 0000000000000000 20 4 30 10 -1", null)]
    [InlineData("", null)]
    public void The_owner_is_who_holds_the_other_end(string line, int? user) =>
        Assert.Equal((uint?)user, PeerSocket.Find([Header, Server, line], Peer, Own));

    [Fact]
    public void Addresses_of_ipv6_are_four_words()
    {
        const string Line = "   0: 00000000000000000000000001000000:B26E 00000000000000000000000001000000:1F90 01 00000000:00000000 00:00000000 00000000  1000        0 333 1 0000000000000000 20 4 30 10 -1";

        Assert.Equal(1000u, PeerSocket.Find([Line], new IPEndPoint(IPAddress.IPv6Loopback, 45_678), new IPEndPoint(IPAddress.IPv6Loopback, 8_080)));
    }

    [Fact]
    public void The_effective_user_is_the_second_number()
    {
        Assert.Equal(33u, PeerSocket.UserOf(["Name:\tx", "Uid:\t0\t33\t0\t0", "Gid:\t1\t1\t1\t1"]));
        Assert.Null(PeerSocket.UserOf(["Name:\tx"]));
    }

    [Theory]
    [InlineData(AddressFamily.InterNetwork)]
    [InlineData(AddressFamily.InterNetworkV6)]
    public async Task A_connection_of_this_process_is_its_own(AddressFamily family)
    {
        // The second is how clients with dual-stack sockets connect to an IPv4 address: it shows in tcp6.
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var client = new TcpClient(family);
        if (family == AddressFamily.InterNetworkV6) { client.Client.DualMode = true; }

        await client.ConnectAsync(family == AddressFamily.InterNetworkV6 ? IPAddress.Loopback.MapToIPv6() : IPAddress.Loopback, ((IPEndPoint)listener.LocalEndpoint).Port);
        using var accepted = await listener.AcceptSocketAsync();
        var (peer, own) = ((IPEndPoint)accepted.RemoteEndPoint!, (IPEndPoint)accepted.LocalEndPoint!);

        Assert.Equal(PeerSocket.OwnUser, PeerSocket.OwnerOf(peer, own));
        client.Close();
        Assert.Null(PeerSocket.OwnerOf(peer, own));
    }
}
