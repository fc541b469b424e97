using Slipway.Cli.Import;

namespace Slipway.Cli.Tests.Import;

/// <summary>What a source says must not choose which folders of the importing machine are uploaded.</summary>
public sealed class LocalFolderTests : IDisposable
{
    private readonly string _home = Sources.Folder();

    public void Dispose() => Directory.Delete(_home, recursive: true);

    [Fact]
    public void A_path_is_followed_only_below_the_folders_that_were_named()
    {
        var (secret, data, store) = (Make(".ssh"), Make("work/data"), Make("store/7/artifacts"));
        var (work, shared) = (Path.Combine(_home, "work"), Path.Combine(_home, "store"));
        Make("work/.hidden/x");
        Directory.CreateSymbolicLink(Path.Combine(work, "link"), secret);
        Directory.CreateSymbolicLink(Path.Combine(work, "round"), Path.Combine(work, "round"));
        Directory.CreateSymbolicLink(Path.Combine(shared, "7", "up"), "../../.ssh");
        Directory.CreateSymbolicLink(Path.Combine(_home, "alias"), "work");
        var nobody = ArtifactPlaces.Of([], work, null);
        var places = ArtifactPlaces.Of([shared, "s3://bucket=" + shared], work, Path.Combine(_home, "alias"));

        string[] outside = [
            "file://" + secret, secret, "../.ssh", "data/../../.ssh", "link", $"file://{work}/link", "round/x", "", ".", work, _home, "/", "file:///", ".hidden/x", "data\0",
            "mlflow-artifacts:/7/up", "mlflow-artifacts:/../.ssh", "s3://bucket/7/up", "s3://bucket/../.ssh", $"{shared}/7/up", $"file://{shared}/%2e%2e/.ssh", work + "data",
        ];
        Assert.All(outside, uri => Assert.Null(places.Find(uri)));
        Assert.All(new[] { "data", "./data", data, "file://" + data, Path.Combine(_home, "alias/data") }, uri => Assert.Equal(RealPaths.Of(data), places.Find(uri)));
        Assert.All(new[] { "mlflow-artifacts:/7/artifacts", "s3://bucket/7/artifacts", store, "file://" + store }, uri => Assert.Equal(RealPaths.Of(store), places.Find(uri)));
        Assert.All(new[] { data, "data", "file://" + store }, uri => Assert.Null(nobody.Find(uri)));
    }

    [Fact]
    public async Task An_mlruns_folder_gives_nothing_from_outside_and_says_so()
    {
        var secret = Make(".ssh/artifacts");
        await File.WriteAllTextAsync(Path.Combine(secret, "id_rsa"), "key");
        var root = await Sources.Mlruns(_home);
        var run = Path.Combine(root, "712345678901234567", Sources.First);
        var meta = await File.ReadAllTextAsync(Path.Combine(run, "meta.yaml"));
        await File.WriteAllTextAsync(Path.Combine(run, "meta.yaml"), meta.Replace("run_id: " + Sources.First, "run_id: ../../.ssh", StringComparison.Ordinal));
        Directory.CreateSymbolicLink(Path.Combine(root, "712345678901234567", "linked"), run);
        var other = Path.Combine(root, "712345678901234567", "other");
        Directory.CreateDirectory(other);
        await File.WriteAllTextAsync(Path.Combine(other, "meta.yaml"), $"run_id: other\nartifact_uri: file://{secret}\n");
        Directory.CreateSymbolicLink(Path.Combine(other, "artifacts"), secret);
        Directory.CreateSymbolicLink(Path.Combine(other, "params"), secret);
        await using var source = await SourceOpener.Open(root, null, null, default);
        var places = ArtifactPlaces.Of([], SourceOpener.Base(root), SourceOpener.Root(root));

        var experiment = await source.Experiments(default).FirstAsync(one => one.Id == "712345678901234567");
        var runs = (await source.Runs(experiment, default).ToListAsync()).SelectMany(page => page).ToList();

        Assert.Equal(["../../.ssh", "../../.ssh", "other"], runs.Select(one => one.RunId).Order(StringComparer.Ordinal));
        Assert.All(runs, one => Assert.Null(source.Files(one, default)));
        var theirs = runs.Single(one => one.RunId == "other");
        Assert.Empty(theirs.Params);
        Assert.Null(places.Find(theirs.ArtifactUri));
        Assert.Contains(source.Notes, note => note.Contains("other/artifacts leads out of", StringComparison.Ordinal));
    }

    private string Make(string path) => Directory.CreateDirectory(Path.Combine(_home, path)).FullName;
}
