namespace Slipway.Server.Tests.Demo;

public sealed class DemoFolderTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("slipway-demo-test").FullName;

    private string Data => Path.Combine(_root, "data");

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void A_new_folder_carries_the_marker()
    {
        var folder = DemoFolder.Renew(Data);

        Assert.Equal([Path.Combine(folder.Path, DemoFolder.Marker)], Directory.GetFileSystemEntries(Data));
    }

    [Fact]
    public void An_earlier_demo_is_deleted()
    {
        DemoFolder.Renew(Data);
        Directory.CreateDirectory(Path.Combine(Data, "blobs", "ab"));
        File.WriteAllText(Path.Combine(Data, "slipway.db"), "old");

        DemoFolder.Renew(Data);

        Assert.Single(Directory.GetFileSystemEntries(Data));
    }

    [Fact]
    public void A_folder_of_somebody_else_stays_as_it_is()
    {
        Directory.CreateDirectory(Data);
        File.WriteAllText(Path.Combine(Data, "thesis.txt"), "the only copy");

        var refusal = Assert.Throws<IOException>(() => DemoFolder.Renew(Data));

        Assert.Contains(Data, refusal.Message, StringComparison.Ordinal);
        Assert.Equal("the only copy", File.ReadAllText(Path.Combine(Data, "thesis.txt")));
    }

    [Fact]
    public void A_file_is_no_folder()
    {
        File.WriteAllText(Data, "a file");

        Assert.Throws<IOException>(() => DemoFolder.Renew(Data));
        Assert.Equal("a file", File.ReadAllText(Data));
    }

    [Fact]
    public void A_demo_that_still_runs_is_left_alone()
    {
        DemoFolder.Renew(Data);
        using var running = DataFolder.Open(new ServerOptions { Data = Data });
        File.WriteAllText(Path.Combine(Data, "slipway.db"), "in use");

        Assert.Throws<DataFolderInUseException>(() => DemoFolder.Renew(Data));
        Assert.True(File.Exists(Path.Combine(Data, "slipway.db")));
    }

    [Fact]
    public void What_a_link_leads_to_is_not_deleted()
    {
        var folder = DemoFolder.Renew(Data);
        var elsewhere = Directory.CreateDirectory(Path.Combine(_root, "elsewhere"));
        File.WriteAllText(Path.Combine(elsewhere.FullName, "kept"), "kept");
        Directory.CreateSymbolicLink(Path.Combine(Data, "link"), elsewhere.FullName);

        folder.Delete();

        Assert.False(Directory.Exists(Data));
        Assert.True(File.Exists(Path.Combine(elsewhere.FullName, "kept")));
    }
}
