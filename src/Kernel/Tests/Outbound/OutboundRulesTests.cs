using System.Net;
using Microsoft.Extensions.Options;
using Slipway.Kernel.Outbound;

namespace Slipway.Kernel.Tests.Outbound;

/// <summary>What may be saved as an address to call: every row of attack H3 of the security tests, and what must go on working.</summary>
public sealed class OutboundRulesTests
{
    private static readonly Dictionary<string, string[]> Names = new()
    {
        ["hooks.example.org"] = ["93.184.216.34", "2606:4700::1"],
        ["xn--bcher-kva.example"] = ["93.184.216.35"],
        ["mixed.example.org"] = ["93.184.216.34", "10.0.0.1"],
        ["inside.corp.example"] = ["10.20.0.7"],
        ["localhost"] = ["127.0.0.1"],
        ["metadata.google.internal"] = ["169.254.169.254"],
        ["mapped.example.org"] = ["::ffff:127.0.0.1"],
        ["0x7f.1"] = ["127.0.0.1"],
    };

    [Theory]
    [InlineData("http://hooks.example.org/", RefusalReason.Scheme)]
    [InlineData("file:///etc/passwd", RefusalReason.Scheme)]
    [InlineData("gopher://hooks.example.org/", RefusalReason.Scheme)]
    [InlineData("ftp://hooks.example.org/", RefusalReason.Scheme)]
    [InlineData("javascript:alert(1)", RefusalReason.Scheme)]
    [InlineData("", RefusalReason.Url)]
    [InlineData("hooks.example.org/path", RefusalReason.Url)]
    [InlineData("//hooks.example.org/path", RefusalReason.Scheme)]
    [InlineData("https:hooks.example.org", RefusalReason.Url)]
    [InlineData("https:///hooks.example.org", RefusalReason.Url)]
    [InlineData("https:/\\hooks.example.org", RefusalReason.Url)]
    [InlineData("https://hooks.example.org\\@127.0.0.1/", RefusalReason.Url)]
    [InlineData("https://user@hooks.example.org/", RefusalReason.Url)]
    [InlineData("https://user:password@hooks.example.org/", RefusalReason.Url)]
    [InlineData("https://@hooks.example.org/", RefusalReason.Url)]
    [InlineData("https://hooks.example.org@127.0.0.1/", RefusalReason.Url)]
    [InlineData("https://hooks.example.org\r\nHost: evil/", RefusalReason.Url)]
    [InlineData("https://hooks.example.org%0d%0aX: y/", RefusalReason.Url)]
    [InlineData("https://hooks.example.org/\r\nX: y", RefusalReason.Url)]
    [InlineData(" https://hooks.example.org/", RefusalReason.Url)]
    [InlineData("https://hooks.example.org./", RefusalReason.Url)]
    [InlineData("https://127.0.0.1./", RefusalReason.Url)]
    [InlineData("https://127.1/", RefusalReason.Url)]
    [InlineData("https://127.0.1/", RefusalReason.Url)]
    [InlineData("https://2130706433/", RefusalReason.Url)]
    [InlineData("https://0x7f000001/", RefusalReason.Url)]
    [InlineData("https://0x7f.0.0.1/", RefusalReason.Url)]
    [InlineData("https://0x7f.1/", RefusalReason.Url)]
    [InlineData("https://0177.0.0.1/", RefusalReason.Url)]
    [InlineData("https://017700000001/", RefusalReason.Url)]
    [InlineData("https://093.184.216.34/", RefusalReason.Url)]
    [InlineData("https://999.1.1.1/", RefusalReason.Url)]
    [InlineData("https://1.2.3.4.5/", RefusalReason.Url)]
    [InlineData("https://127。0。0。1/", RefusalReason.Url)]
    [InlineData("https://①②⑦.⓪.⓪.①/", RefusalReason.Unknown)]
    [InlineData("https://[fe80::1%25eth0]/", RefusalReason.Url)]
    [InlineData("https://hooks_.-example.org/", RefusalReason.Url)]
    [InlineData("https://hooks.example.org:0/", RefusalReason.Url)]
    [InlineData("https://字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字.example/", RefusalReason.Url)]
    [InlineData("https://一严乊乯五亹仞伃伨位佲侗侼信倆倫偐偵傚傿僤儉儮兓典冝凂凧刌刱剖剻加勅勪匏匴卙卾厣.example/", RefusalReason.Url)]
    [InlineData("https://hooks.exa\u200bmple.org/", RefusalReason.Url)]
    [InlineData("https://127.0.0.1/", RefusalReason.Address)]
    [InlineData("https://127.0.0.1:443/x?y#z", RefusalReason.Address)]
    [InlineData("https://169.254.169.254/latest/meta-data/", RefusalReason.Address)]
    [InlineData("https://100.64.0.1/", RefusalReason.Address)]
    [InlineData("https://0.0.0.0/", RefusalReason.Address)]
    [InlineData("https://[::1]/", RefusalReason.Address)]
    [InlineData("https://[::]/", RefusalReason.Address)]
    [InlineData("https://[::ffff:7f00:1]/", RefusalReason.Address)]
    [InlineData("https://[::ffff:127.0.0.1]/", RefusalReason.Address)]
    [InlineData("https://[fd00::1]/", RefusalReason.Address)]
    [InlineData("https://[64:ff9b::7f00:1]/", RefusalReason.Address)]
    [InlineData("https://localhost/", RefusalReason.Address)]
    [InlineData("https://LOCALHOST/", RefusalReason.Address)]
    [InlineData("https://metadata.google.internal/", RefusalReason.Address)]
    [InlineData("https://inside.corp.example/", RefusalReason.Address)]
    [InlineData("https://mixed.example.org/", RefusalReason.Address)]
    [InlineData("https://mapped.example.org/", RefusalReason.Address)]
    [InlineData("https://nowhere.example.org/", RefusalReason.Unknown)]
    public async Task An_attack_is_refused(string url, RefusalReason reason)
    {
        var refusal = await Rules(new()).Check(url, default);

        Assert.NotNull(refusal);
        Assert.True(refusal.Reason == reason, $"{url}: {refusal}");
    }

    [Theory]
    [InlineData("https://hooks.example.org")]
    [InlineData("https://HOOKS.example.org:8443/a/b?token=x#part")]
    [InlineData("https://93.184.216.34/x")]
    [InlineData("https://[2606:4700::1]/x")]
    [InlineData("https://bücher.example/")]
    public async Task A_public_receiver_may_be_called(string url) => Assert.Null(await Rules(new()).Check(url, default));

    [Theory]
    [InlineData("inside.corp.example", "https://inside.corp.example/")]
    [InlineData("*.corp.example", "https://inside.corp.example/")]
    [InlineData("10.20.0.0/16", "https://inside.corp.example/")]
    [InlineData("10.20.0.7, other.example", "https://inside.corp.example/")]
    [InlineData("::1", "https://[::1]:8443/")]
    [InlineData("127.0.0.0/8", "https://[::ffff:127.0.0.1]/")]
    public async Task A_setting_lets_a_private_receiver_in(string allow, string url)
    {
        Assert.Null(await Rules(new() { Allow = allow }).Check(url, default));
        Assert.Equal(RefusalReason.Address, (await Rules(new() { Allow = allow }).Check("https://169.254.169.254/", default))!.Reason);
    }

    [Fact]
    public async Task A_list_of_the_only_receivers_refuses_all_others()
    {
        var rules = Rules(new() { Only = "inside.corp.example, 93.184.216.34", AllowHttp = true });

        Assert.Null(await rules.Check("http://inside.corp.example/", default));
        Assert.Null(await rules.Check("https://93.184.216.34/", default));
        Assert.Equal(RefusalReason.Host, (await rules.Check("https://93.184.216.35/", default))!.Reason);
        Assert.Equal(RefusalReason.Host, (await rules.Check("https://bücher.example/", default))!.Reason);
    }

    [Theory]
    [InlineData("10.0.0.0/8, *.corp.example, a-b.example, ::1, fd00::/8", true)]
    [InlineData("10.0.0.0/40", false)]
    [InlineData("https://hooks.example.org", false)]
    [InlineData("two words", false)]
    public void A_wrong_list_is_found_at_the_start(string list, bool good) => Assert.Equal(good, !HostList.Faults(list).Any());

    private static OutboundRules Rules(OutboundOptions options) => new(
        Options.Create(options), (host, _) => Task.FromResult(Names.TryGetValue(host.ToLowerInvariant(), out var found) ? found.Select(IPAddress.Parse).ToArray() : []));
}
