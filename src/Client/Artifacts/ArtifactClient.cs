using Slipway.Tracking.Contracts;

namespace Slipway.Client;

/// <summary>Files of runs: streamed both ways, never held in memory. Thread safe.</summary>
public sealed class ArtifactClient
{
    private const string Own = "mlflow-artifacts:/";
    private readonly SlipwayClient _client;

    internal ArtifactClient(SlipwayClient client) => _client = client;

    /// <summary>The files and directories right below a directory of a run, by path; none when there is no such directory.</summary>
    /// <param name="runId">Of this workspace.</param>
    /// <param name="folder">Null = the run's root.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<IReadOnlyList<ArtifactView>> ListAsync(string runId, string? folder = null, CancellationToken ct = default) =>
        (await _client.Get<ArtifactList>(Of(runId, folder is null ? "artifacts" : $"artifacts?path={Uri.EscapeDataString(folder)}"), ct)).Items;

    /// <summary>Every file below a directory of a run.</summary>
    public async IAsyncEnumerable<ArtifactView> FilesAsync(string runId, string? folder = null, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct = default)
    {
        var open = new Stack<string?>([folder]);
        while (open.TryPop(out var next))
        {
            foreach (var entry in await ListAsync(runId, next, ct))
            {
                if (entry.IsDirectory) { open.Push(entry.Path); }
                else { yield return entry; }
            }
        }
    }

    /// <summary>Stores what a stream holds, from where it stands, in place of what had the name.</summary>
    /// <param name="artifactUri">Of the run.</param>
    /// <param name="content">A stream that can go back is read again when the connection is lost; another is sent once.</param>
    /// <param name="path">In the run, with slashes.</param>
    /// <param name="ct">Stops it.</param>
    /// <exception cref="SlipwayException">The run's files are kept elsewhere, or the server refused or cannot be reached.</exception>
    public async Task<StoredArtifact> UploadAsync(string artifactUri, Stream content, string path, CancellationToken ct = default)
    {
        HashedContent? last = null;
        var body = Replay.Of(content, (stream, length) => last = new HashedContent(stream, length, "application/octet-stream"));
        using var answer = await _client.Send(new Call(HttpMethod.Put, Proxy(artifactUri, path), Repeat.Freely, body) { Transfers = true }, ct);
        return new StoredArtifact(path, last!.SizeBytes, last.Digest!);
    }

    /// <summary>Stores a file of this machine, in place of what had the name.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public async Task<StoredArtifact> UploadFileAsync(string artifactUri, string file, string path, CancellationToken ct = default)
    {
        await using var content = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.Asynchronous | FileOptions.SequentialScan);
        return await UploadAsync(artifactUri, content, path, ct);
    }

    /// <summary>Copies a file of a run to a stream; a lost connection is taken up where it broke. The digest that the server names is checked.</summary>
    /// <returns>SHA-256 of the bytes, 64 lower-case hex digits.</returns>
    /// <exception cref="SlipwayException">There is no such file (404), or its bytes are not those that the server's digest says.</exception>
    public Task<string> DownloadAsync(string runId, string path, Stream to, CancellationToken ct = default) =>
        new Download(_client, Of(runId, $"artifacts/content?path={Uri.EscapeDataString(path)}"), path).To(to, ct);

    /// <summary>Copies a file of a run to a file of this machine, which appears when it is complete and its digest was checked.</summary>
    /// <returns>SHA-256 of the bytes, 64 lower-case hex digits.</returns>
    public async Task<string> DownloadFileAsync(string runId, string path, string file, CancellationToken ct = default)
    {
        var part = file + ".part";
        try
        {
            string digest;
            await using (var to = new FileStream(part, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16, FileOptions.Asynchronous)) { digest = await DownloadAsync(runId, path, to, ct); }

            File.Move(part, file, overwrite: true);
            return digest;
        }
        catch
        {
            File.Delete(part);
            throw;
        }
    }

    /// <summary>Copies everything below a directory of a run into a folder of this machine.</summary>
    /// <returns>How many files.</returns>
    /// <exception cref="SlipwayException">A name in the run would leave the folder.</exception>
    public async Task<int> DownloadFolderAsync(string runId, string? folder, string localFolder, CancellationToken ct = default)
    {
        var (root, count) = (Path.GetFullPath(localFolder), 0);
        await foreach (var file in FilesAsync(runId, folder, ct))
        {
            var below = folder is null ? file.Path : file.Path[(folder.TrimEnd('/').Length + 1)..];
            var to = Path.GetFullPath(Path.Combine(root, below));
            if (!to.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal)) { throw new SlipwayException($"The artifact '{file.Path}' would be written outside {root}."); }

            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            await DownloadFileAsync(runId, file.Path, to, ct);
            count++;
        }

        return count;
    }

    internal static string Below(string? folder, string name) => string.IsNullOrEmpty(folder) ? name : $"{folder.TrimEnd('/')}/{name}";

    private string Of(string runId, string rest) => _client.NativePath($"runs/{Uri.EscapeDataString(runId)}/{rest}");

    private string Proxy(string artifactUri, string path) => artifactUri.StartsWith(Own, StringComparison.Ordinal)
        ? _client.MlflowPath($"mlflow-artifacts/artifacts/{Escaped($"{artifactUri[Own.Length..].Trim('/')}/{path}")}")
        : throw new SlipwayException($"The files of this run are kept at {artifactUri}, not on the server; put '{path}' there.");

    private static string Escaped(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
}
