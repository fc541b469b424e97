using System.Runtime.CompilerServices;

namespace Slipway.Kernel;

/// <content>
/// Setting aside, taking back and erasing. Each is one rename or one removal of a name, and only names of what stands aside are removed: README.md argues why nothing is lost by that, whoever does what else meanwhile.
/// </content>
public sealed partial class FolderBlobStore
{
    private const string Unnamed = ".unnamed-";

    public Task<IReadOnlyList<string>> NamedBy(string databaseId, CancellationToken ct)
    {
        var databases = Directory.CreateDirectory(Path.Combine(_folder, "databases"));
        var own = Path.Combine(databases.FullName, databaseId);
        if (!File.Exists(own))
        {
            File.WriteAllBytes(own, []);
            DurableFiles.SyncDirectory(databases.FullName);
        }

        return Task.FromResult<IReadOnlyList<string>>([.. databases.EnumerateFiles().Select(file => file.Name)]);
    }

    public async IAsyncEnumerable<BlobInfo> PutBefore(DateTimeOffset moment, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var file in Files("*", ct))
        {
            if (BlobDigest.IsValid(file.Name) && file.Exists && file.LastWriteTimeUtc < moment.UtcDateTime) { yield return new BlobInfo(file.Name, file.Length); }
        }
    }

    public async IAsyncEnumerable<BlobAside> Aside([EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var file in Files("*" + Unnamed + "*", ct))
        {
            if (file.Name.Split(Unnamed) is [var digest, var id] && BlobDigest.IsValid(digest) && file.Exists) { yield return new BlobAside(digest, id, file.Length); }
        }
    }

    public Task<string?> SetAside(string digest, DateTimeOffset moment, CancellationToken ct)
    {
        // A fresh id each time: who has looked at what was set aside before cannot erase what is set aside now.
        var id = Ids.New(_clock);
        var (path, aside) = (PathOf(digest), AsidePath(digest, id));
        if (!TryMove(path, aside)) { return Task.FromResult<string?>(null); }

        // What was moved may have been put just then. Time of a file that is gone: 1601.
        if (File.GetLastWriteTimeUtc(aside) < moment.UtcDateTime) { return Task.FromResult<string?>(id); }

        TryMove(aside, path);
        return Task.FromResult<string?>(null);
    }

    public Task TakeBack(string digest, CancellationToken ct)
    {
        TakeBack(digest);
        return Task.CompletedTask;
    }

    public Task<bool> Erase(BlobAside aside, CancellationToken ct)
    {
        var path = AsidePath(aside.Digest, aside.Id);
        if (!File.Exists(path)) { return Task.FromResult(false); }

        File.Delete(path);
        // The list is made again where the blob is put again just now.
        if (!File.Exists(PathOf(aside.Digest)) && Asides(aside.Digest).Length == 0) { File.Delete(PathOf(aside.Digest) + ".chunks"); }

        return Task.FromResult(true);
    }

    /// <returns>True when the blob is in its place.</returns>
    private bool TakeBack(string digest)
    {
        var path = PathOf(digest);
        foreach (var aside in Asides(digest))
        {
            // What was put again is the better copy: the other may have rotted.
            if (File.Exists(path)) { File.Delete(aside); }
            else { TryMove(aside, path); }
        }

        return File.Exists(path);
    }

    private string AsidePath(string digest, string id) => PathOf(digest) + Unnamed + id;

    private string[] Asides(string digest) => Directory.GetFiles(Path.GetDirectoryName(PathOf(digest))!, digest + Unnamed + "*");

    /// <summary>One rename, over what is there: it is the same content.</summary>
    /// <returns>False = nothing has the name.</returns>
    private static bool TryMove(string from, string to)
    {
        try
        {
            File.Move(from, to, overwrite: true);
            return true;
        }
        catch (FileNotFoundException) { return false; }
        catch (IOException error) { throw DurableFiles.Describe(error, "the blobs"); }
    }

    private async IAsyncEnumerable<FileInfo> Files(string pattern, [EnumeratorCancellation] CancellationToken ct)
    {
        for (var i = 0; i < 256; i++)
        {
            ct.ThrowIfCancellationRequested();
            await Task.Yield();
            foreach (var file in new DirectoryInfo(Path.Combine(_folder, i.ToString("x2", null))).EnumerateFiles(pattern)) { yield return file; }
        }
    }
}
