namespace Slipway.Registry.Tests.Versions;

public sealed class VersionFileTests
{
    [Theory, EachDatabase]
    public async Task A_file_of_a_version_is_sent_while_it_is_what_was_registered(string database)
    {
        await using var shelf = await Shelf.Open(database);
        var run = await shelf.CreateRun();
        await shelf.Upload(run, "m/MLmodel", "flavors: {}");
        await shelf.Upload(run, "m/a/model.onnx", "bytes");
        await shelf.Upload(run, "mother.txt", "not of the model");
        await shelf.CreateModel("m");
        await shelf.Register("m", $"runs:/{run}/m");
        await shelf.Register("m", $"runs:/{run}/m/a/model.onnx");

        Assert.Equal((200, "bytes"), await Get(shelf, 1, "a/model.onnx"));
        Assert.Equal((200, "flavors: {}"), await Get(shelf, 1, "MLmodel"));
        Assert.Equal((200, "bytes"), await Get(shelf, 2, "model.onnx"));
        Assert.Equal((200, "bytes"), await Get(shelf, 2, ""));
        foreach (var path in (string[])["other.txt", "a", "../mother.txt", "%2e%2e/mother.txt", "/etc/passwd", "m/MLmodel"]) { Assert.Equal((path, 404), (path, (await Get(shelf, 1, path)).Status)); }

        Assert.Equal(404, (await Get(shelf, 7, "MLmodel")).Status);
        Assert.Equal(400, (await shelf.Send(HttpMethod.Get, "/model-versions/get-artifact?name=m&path=MLmodel", null)).Status);

        // As a server could before it kept the files of versions from changing.
        await shelf.Server.Db.Write(tx => tx.Execute($"UPDATE tracking_artifacts SET digest = {new string('0', 64)} WHERE path = 'm/MLmodel'"), default);

        var (status, body) = await Get(shelf, 1, "MLmodel");
        Assert.Equal(409, status);
        Assert.Contains("not those that m version 1 was registered with", body, StringComparison.Ordinal);
        Assert.Equal((200, "bytes"), await Get(shelf, 2, "model.onnx"));
    }

    [Theory, EachDatabase]
    public async Task Files_elsewhere_are_never_fetched(string database)
    {
        await using var shelf = await Shelf.Open(database);
        await shelf.CreateModel("m");
        await shelf.Register("m", "https://169.254.169.254/model.onnx");

        var (status, body) = await Get(shelf, 1, "model.onnx");

        Assert.Equal(400, status);
        Assert.Contains("are at https://169.254.169.254/model.onnx", body, StringComparison.Ordinal);
    }

    private static Task<(int Status, string Body)> Get(Shelf shelf, long version, string path) =>
        shelf.Send(HttpMethod.Get, $"/model-versions/get-artifact?name=m&version={version}&path={path}", null);
}
