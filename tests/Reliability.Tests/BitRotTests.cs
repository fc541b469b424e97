namespace Slipway.Reliability.Tests;

/// <summary>A disk gives back other bytes than were written.</summary>
public sealed class BitRotTests
{
    [Fact]
    public async Task A_flipped_bit_in_a_blob_is_found_named_and_never_served()
    {
        using var folder = new Folder();
        await using var server = await ServerProcess.Start(folder.Path);
        using var http = server.NewClient();
        using var client = new MlflowClient(http);
        var (_, run) = await client.Send(new CreateRun(await client.CreateExperiment("rot"), "rot"), 1);
        var bytes = new byte[3_000_000];
        new Random(5).NextBytes(bytes);
        var (status, _) = await client.Send(new PutArtifact(run!, "model.bin", bytes), 2);
        Assert.Equal(200, status);
        var digest = PutArtifact.Digest(bytes);
        var file = Directory.EnumerateFiles(Path.Combine(folder.Path, "blobs"), "*", SearchOption.AllDirectories).Single(path => new FileInfo(path).Length == bytes.Length);
        var path = await client.ArtifactPath(run!, "model.bin");
        Assert.Equal(bytes, await http.GetByteArrayAsync(path));

        var random = new Random(6);
        var flips = Effort.Of(ci: 60, full: 1_000);
        for (var flip = 0; flip < flips; flip++)
        {
            var position = flip switch { 0 => 0, 1 => bytes.Length - 1, _ => random.Next(bytes.Length) };
            Flip(file, position, bit: 1 << random.Next(8));

            var served = await Served(http, path);
            // The chunks before the damaged one are good and may have left already; the damaged one never does.
            Assert.True(served.Bytes.Length <= position / (1 << 20) * (1 << 20), $"{served.Bytes.Length} bytes were served with the bit at {position} flipped.");
            Assert.True(bytes.AsSpan(0, served.Bytes.Length).SequenceEqual(served.Bytes), "Other bytes than were written were served.");
            if (position < 1 << 20) { Assert.Contains(digest, served.Problem, StringComparison.Ordinal); }

            await File.WriteAllBytesAsync(file, bytes);
        }

        Assert.Equal(bytes, await http.GetByteArrayAsync(path));
        Assert.Contains(server.Output, line => line.Contains(digest, StringComparison.Ordinal));
        Report.Line($"bit rot: {flips} flipped bits in a blob of {bytes.Length:#,0} bytes, {flips} found, 0 damaged bytes served");
    }

    /// <summary>The good bytes that arrived, and the problem in place of them.</summary>
    private static async Task<(byte[] Bytes, string Problem)> Served(HttpClient http, string path)
    {
        using var answer = await http.GetAsync(path, HttpCompletionOption.ResponseHeadersRead);
        if (!answer.IsSuccessStatusCode) { return ([], await answer.Content.ReadAsStringAsync()); }

        using var got = new MemoryStream();
        var broken = await Assert.ThrowsAnyAsync<Exception>(async () => await (await answer.Content.ReadAsStreamAsync()).CopyToAsync(got));
        return (got.ToArray(), broken.Message);
    }

    private static void Flip(string file, int position, int bit)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite);
        stream.Position = position;
        var value = stream.ReadByte();
        stream.Position = position;
        stream.WriteByte((byte)(value ^ bit));
    }
}
