using System.Collections;

namespace Slipway.Server.Tests;

public sealed class SettingsTests
{
    [Theory]
    [InlineData("http://0.0.0.0:8080", "carry passwords and keys in clear")]
    [InlineData("http://192.168.1.5:8080", "carry passwords and keys in clear")]
    [InlineData("ftp://127.0.0.1", "is not an address")]
    [InlineData("127.0.0.1:8080", "is not an address")]
    [InlineData("http://127.0.0.1/prefix", "is not an address")]
    [InlineData("https://slipway.example:443", "is a name")]
    [InlineData("", "at least one address")]
    [InlineData("https://127.0.0.1:8443", "needs both PEM files")]
    public void A_wrong_address_is_a_fault_that_says_what_would_be_right(string urls, string expected) =>
        Assert.Contains(ServerOptionsFaults.Of(new ServerOptions { Urls = urls }), fault => fault.Contains(expected, StringComparison.Ordinal));

    [Theory]
    [InlineData("http://127.0.0.1:8080")]
    [InlineData("http://localhost:8080;http://[::1]:8080")]
    public void Plain_http_on_loopback_is_fine(string urls) => Assert.Empty(ServerOptionsFaults.Of(new ServerOptions { Urls = urls }));

    [Fact]
    public void Every_fault_is_told_at_once()
    {
        var faults = ServerOptionsFaults.Of(new ServerOptions
        {
            Urls = "http://0.0.0.0:80;gopher://x", Auth = "none", TlsCert = "/no/such.pem", TrustedProxies = "ten", PublicUrl = "slipway",
        });

        Assert.Equal(6, faults.Count);
    }

    [Fact]
    public void Local_mode_is_refused_beyond_loopback_and_behind_proxies()
    {
        var faults = ServerOptionsFaults.Of(new ServerOptions
        {
            Urls = "http://10.0.0.1:80", InsecureHttp = true, Auth = "local", TrustedProxies = "10.0.0.0/8",
        });

        Assert.Equal(2, faults.Count(fault => fault.StartsWith("auth: local", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_file_gives_way_to_the_environment_and_both_to_flags()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, "public-url: https://file.example\ndata: from-file\nauth: required\n");
        var faults = new List<string>();

        var read = SettingSources.Read(file, new Hashtable { ["SLIPWAY_PUBLIC_URL"] = "https://env.example", ["SLIPWAY_KEY"] = "not a setting", ["PATH"] = "x" }, faults);
        var loaded = LoadedSettings.Load(new Dictionary<string, string?> { ["auth"] = "local" }, file, faults);

        Assert.Equal("https://env.example", read["publicurl"]);
        Assert.Equal("from-file", read["data"]);
        Assert.False(read.ContainsKey("key"));
        Assert.Equal("local", loaded.Options.Auth);
        Assert.Empty(faults);
        File.Delete(file);
    }

    [Fact]
    public void An_unknown_setting_is_a_fault_with_its_name()
    {
        var faults = new List<string>();

        LoadedSettings.Load(new Dictionary<string, string?> { ["databse"] = "x", ["insecurehttp"] = "perhaps" }, null, faults);

        Assert.Contains(faults, fault => fault.StartsWith("databse:", StringComparison.Ordinal));
        Assert.Contains(faults, fault => fault.Contains("'perhaps' is neither true nor false", StringComparison.Ordinal));
    }

    [Fact]
    public void A_second_server_on_the_same_data_is_refused_and_told_who_holds_it()
    {
        var folder = Directory.CreateTempSubdirectory("slipway-lock-").FullName;
        var options = new ServerOptions { Data = folder };

        using (DataFolder.Open(options))
        {
            Assert.Contains(folder, Assert.Throws<DataFolderInUseException>(() => DataFolder.Open(options)).Message, StringComparison.Ordinal);
        }

        DataFolder.Open(options).Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
