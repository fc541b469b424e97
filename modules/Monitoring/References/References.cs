using System.Collections.Concurrent;
using System.Text.Json;
using Slipway.Datasets.Ports;
using Slipway.Kernel;
using Slipway.Kernel.Contracts;
using Slipway.Registry.Contracts;
using Slipway.Registry.Ports;

namespace Slipway.Monitoring.References;

/// <summary>A reference in memory.</summary>
/// <param name="Digest">SHA-256 of its JSON.</param>
internal sealed record LoadedReference(Reference Data, string Digest, TableSketch? Sketch);

/// <summary>The references of versions: made once, read from then on. Thread safe.</summary>
internal sealed class References(Db db, IBlobStore blobs, IVersions versions, IDatasets datasets, TimeProvider clock)
{
    private const int MostLoaded = 200;
    private readonly ConcurrentDictionary<string, LoadedReference> _loaded = new(StringComparer.Ordinal);

    /// <summary>The stored one, or a new one; null when the version is not there (any more) and none was made.</summary>
    public async Task<LoadedReference?> Of(string workspace, string model, long version, CancellationToken ct)
    {
        var (identity, digest) = await db.Read(tx =>
        {
            var found = versions.Find(tx, workspace, model, version);
            return (found, ReferenceStore.Find(tx, workspace, model, version, found is null ? null : Evidence(found.Digests)));
        }, ct);
        if (digest is not null) { return await Load(digest, ct); }

        return identity is null ? null : await Make(identity, ct);
    }

    /// <summary>As stored under a digest.</summary>
    public async Task<LoadedReference> Load(string digest, CancellationToken ct)
    {
        if (_loaded.TryGetValue(digest, out var known)) { return known; }

        var data = JsonSerializer.Deserialize<Reference>(await Bytes(digest, ct), WireJson.Options)!;
        if (_loaded.Count >= MostLoaded) { _loaded.Clear(); }

        return _loaded[digest] = new LoadedReference(data, digest, data.Sketch is { } sketch ? TableSketch.Parse(await Bytes(sketch, ct)) : null);
    }

    /// <exception cref="InvalidOperationException">The records cannot be read at the moment.</exception>
    private async Task<LoadedReference?> Make(VersionIdentity version, CancellationToken ct)
    {
        var job = Caller.ForJob("monitoring", version.Workspace);
        if (Lasting(await versions.Reports(job, version.Model, version.Version, ct)).Fails(out _, out var reports)) { return null; }

        Result<TableSketch> sketch = version.Digests.Data is { } data
            ? Lasting(await datasets.Sketch(job, data, ct))
            : Problem.NotFound("training data", version.Model);
        var found = sketch.Fails(out _, out var known) ? null : known;
        var sketchDigest = found is null ? null : await Put(found.ToJson(), ct);
        var made = ReferenceMaker.Make(version, reports.Evaluation, found, sketchDigest);
        var digest = await Put(JsonSerializer.SerializeToUtf8Bytes(made, WireJson.Options), ct);
        await db.Append(tx => ReferenceStore.Put(tx, version.Workspace, version.Model, version.Version, Evidence(version.Digests), digest, clock.NowMs()), ct);
        return await Load(digest, ct);
    }

    // What is kept for good must not be missing only because something was busy.
    private static Result<T> Lasting<T>(Result<T> result) =>
        result.Problem is { Status: >= 500 or 429 } problem ? throw new InvalidOperationException($"The reference cannot be made now: {problem.Detail}") : result;

    // A number is given again when a model was deleted and made anew: what it is made from tells the two apart.
    private static string Evidence(VersionDigests digests) => $"{digests.Model}/{digests.Data}/{digests.Evaluation}";

    private async Task<string> Put(byte[] content, CancellationToken ct)
    {
        using var stream = new MemoryStream(content);
        return (await blobs.Put(stream, ct)).Digest;
    }

    private async Task<byte[]> Bytes(string digest, CancellationToken ct)
    {
        using var bytes = new MemoryStream();
        await blobs.CopyTo(digest, null, bytes, ct);
        return bytes.ToArray();
    }
}
