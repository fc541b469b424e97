using System.Net;
using System.Security.Cryptography;

namespace Slipway.Client.Tests;

public sealed class ArtifactTests
{
    [Theory, EachDatabase]
    public async Task Files_go_up_and_down_as_they_are_with_their_digests(string database)
    {
        await using var server = await TestServer.Start(database);
        using var client = new SlipwayClient(Clients.Quick(server.BaseAddress));
        await using var run = await client.Runs.StartAsync("files");
        var folder = Directory.CreateTempSubdirectory("slipway-client-").FullName;
        var bytes = RandomNumberGenerator.GetBytes(3_000_000);
        await File.WriteAllBytesAsync(Path.Combine(folder, "big.bin"), bytes);
        Directory.CreateDirectory(Path.Combine(folder, "sub"));
        await File.WriteAllTextAsync(Path.Combine(folder, "sub", "a b#ü.txt"), "text");

        var stored = await run.LogArtifactsAsync(folder, "all");
        await run.LogArtifactAsync(Path.Combine(folder, "big.bin"));

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), stored[0].Digest);
        Assert.Equal(["all/big.bin", "all/sub/a b#ü.txt", "big.bin"], (await client.Artifacts.FilesAsync(run.RunId).Select(file => file.Path).ToListAsync()).Order(StringComparer.Ordinal));
        var copy = Path.Combine(folder, "copy");
        Assert.Equal(2, await client.Artifacts.DownloadFolderAsync(run.RunId, "all", copy));
        Assert.Equal(bytes, await File.ReadAllBytesAsync(Path.Combine(copy, "big.bin")));
        Assert.Equal("text", await File.ReadAllTextAsync(Path.Combine(copy, "sub", "a b#ü.txt")));
        Assert.Equal(404, (await Assert.ThrowsAsync<SlipwayException>(() => client.Artifacts.DownloadFileAsync(run.RunId, "none", Path.Combine(folder, "none")))).Status);
        Assert.False(File.Exists(Path.Combine(folder, "none.part")));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_broken_download_goes_on_where_it_broke()
    {
        await using var server = await TestServer.Start(TestDatabase.Sqlite);
        using var direct = Clients.Direct();
        using var network = new CuttingNetwork(direct);
        using var client = new SlipwayClient(Clients.Quick(server.BaseAddress, network));
        await using var run = await client.Runs.StartAsync("files");
        var bytes = RandomNumberGenerator.GetBytes(2_000_000);
        using var content = new MemoryStream(bytes);
        await run.LogArtifactAsync(content, "big.bin");

        using var arrived = new MemoryStream();
        var digest = await client.Artifacts.DownloadAsync(run.RunId, "big.bin", arrived);

        Assert.Equal(bytes, arrived.ToArray());
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), digest);
        Assert.True(network.Cuts >= 3, $"{network.Cuts} cuts");
    }

    [Fact]
    public async Task Bytes_that_are_not_what_the_server_says_are_refused()
    {
        using var handler = new Scripted(_ => Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("altered"), Headers = { ETag = new($"\"{new string('0', 64)}\"") } }));
        using var client = new SlipwayClient(Clients.Quick(new Uri("http://slipway.test"), handler));

        var refused = await Assert.ThrowsAsync<SlipwayException>(() => client.Artifacts.DownloadAsync("r", "a", new MemoryStream()));

        Assert.Contains("damaged", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_is_read_again_when_its_upload_failed_and_it_can_go_back()
    {
        await using var server = await TestServer.Start(TestDatabase.Sqlite);
        var uploads = 0;
        using var direct = Clients.Direct();
        using var network = new FaultyNetwork(direct, request => request.Method == HttpMethod.Put && ++uploads < 3 ? (Trouble)uploads : Trouble.None);
        using var client = new SlipwayClient(Clients.Quick(server.BaseAddress, network));
        await using var run = await client.Runs.StartAsync("files");

        var stored = await run.LogTextAsync("once", "a.txt");

        Assert.Equal((3, 4), (uploads, stored.SizeBytes));
        using var arrived = new MemoryStream();
        Assert.Equal(stored.Digest, await client.Artifacts.DownloadAsync(run.RunId, "a.txt", arrived));
    }

    /// <summary>Cuts each download after half a megabyte.</summary>
    private sealed class CuttingNetwork(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        public int Cuts { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = await base.SendAsync(request, cancellationToken);
            if (answer.Content.Headers.ContentLength > 600_000)
            {
                Cuts++;
                var headers = answer.Content.Headers.ToList();
                answer.Content = new StreamContent(new Cut(await answer.Content.ReadAsStreamAsync(cancellationToken), 500_000));
                foreach (var (name, values) in headers) { answer.Content.Headers.TryAddWithoutValidation(name, values); }
            }

            return answer;
        }
    }

    private sealed class Cut(Stream source, long bytes) : Stream
    {
        private long _left = bytes;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_left <= 0) { throw new IOException("The connection was cut."); }

            var read = await source.ReadAsync(buffer[..(int)Math.Min(buffer.Length, _left)], cancellationToken);
            _left -= read;
            return read;
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
