using Microsoft.Extensions.Logging;

namespace Slipway.Kernel;

/// <summary>How long bytes that nothing names stay.</summary>
/// <param name="GraceHours">Hours for which every look must have found them unnamed before they are set aside, and for which they then stand aside: longer than anything takes between storing bytes, or looking whether they are there, and naming them. 0 = they stay for ever.</param>
public sealed record BlobSweepOptions(int GraceHours);

/// <summary>
/// Frees the bytes that nothing names any more, in looks some hours apart, by one replica at a time: what is found unnamed is marked; what every look of the grace has found unnamed is set aside; what has stood aside for
/// the grace, and is unnamed still, is erased. Named is what stands in one consistent snapshot of all records (<see cref="BlobNames"/>), or in a JSON blob that is kept (<see cref="NamesInBlobs"/>). README.md
/// beside this file argues why nothing that is named is lost, in whatever order things happen; the lease only saves work.
/// </summary>
public sealed partial class BlobSweep(Db db, IBlobStore blobs, BlobSweepOptions options, TimeProvider clock, ILogger<BlobSweep> log) : RoundsService
{
    private const int LeaseMs = 3_600_000;
    private static readonly TimeSpan Between = TimeSpan.FromHours(6);
    private readonly string _me = Ids.New(clock);
    private TimeSpan _pause = TimeSpan.FromHours(1);

    /// <summary>One look.</summary>
    /// <returns>How many blobs were erased, and their bytes.</returns>
    public async Task<(long Blobs, long Bytes)> Step(CancellationToken ct)
    {
        if (blobs is not ISweepableBlobs store || !await IsOurs(store, ct) || options.GraceHours == 0) { return (0, 0); }

        // Listed before the snapshot is taken: what is set aside or put later is not this look's.
        var moment = clock.GetUtcNow() - TimeSpan.FromHours(options.GraceHours);
        var (asides, unnamed) = (new Dictionary<Unnamed, BlobAside>(), new BlobSet());
        await foreach (var aside in store.Aside(ct))
        {
            asides[new(aside.Digest, aside.Id)] = aside;
            unnamed.Add(aside.Digest);
        }

        await foreach (var blob in store.PutBefore(moment, ct)) { unnamed.Add(blob.Digest); }

        if (unnamed.Count == 0 || !await Lease(ct)) { return (0, 0); }

        await db.Scan(tx => { BlobNames.Mark(tx, unnamed); return Done.Value; }, ct);
        await TakeBack(store, asides, unnamed, ct);
        await new NamesInBlobs(blobs, store).Mark(unnamed, ct);
        await TakeBack(store, asides, unnamed, ct);
        // One thing at a time with what is in both places.
        foreach (var aside in asides.Keys) { unnamed.Remove(aside.Digest); }

        return await Lease(ct) ? await Act(store, unnamed, asides, moment, ct) : (0, 0);
    }

    /// <summary>Notes whose folder it is before anything is put, also where nothing is swept here: others that sweep must know.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (blobs is ISweepableBlobs store) { await IsOurs(store, cancellationToken); }

        await base.StartAsync(cancellationToken);
    }

    protected override async Task Round(CancellationToken ct)
    {
        await Task.Delay(_pause, clock, ct);
        _pause = Between;
        await Step(ct);
    }

    /// <summary>What another database names is not known here: a folder that several use is not swept.</summary>
    private async Task<bool> IsOurs(ISweepableBlobs store, CancellationToken ct)
    {
        var id = await db.Read(BlobMarks.DatabaseId, ct) ?? await db.Write(tx => BlobMarks.DatabaseId(tx, _me), ct);
        string[] others = [.. (await store.NamedBy(id, ct)).Where(other => other != id)];
        if (others.Length > 0) { Shared(string.Join(", ", others)); }

        return others.Length == 0;
    }

    private Task<bool> Lease(CancellationToken ct) => db.Append(tx => Leases.TryTake(tx, "kernel.blobs", _me, LeaseMs), ct);

    private static async Task TakeBack(ISweepableBlobs store, Dictionary<Unnamed, BlobAside> asides, BlobSet unnamed, CancellationToken ct)
    {
        foreach (var named in asides.Keys.Where(what => !unnamed.Contains(what.Digest)).ToList())
        {
            await store.TakeBack(named.Digest, ct);
            asides.Remove(named);
        }
    }

    /// <summary>Forgets marks of what is named, put again or gone; sets aside, or erases, what was marked before the moment; marks the rest.</summary>
    /// <param name="placed">What was found unnamed in its place; each is taken out as it is dealt with.</param>
    /// <param name="asides">What was found unnamed aside; as above.</param>
    private async Task<(long Blobs, long Bytes)> Act(ISweepableBlobs store, BlobSet placed, Dictionary<Unnamed, BlobAside> asides, DateTimeOffset moment, CancellationToken ct)
    {
        var (count, bytes, fresh) = (0L, 0L, new List<Unnamed>());
        List<(Unnamed What, long SinceMs)> marks = [(new("", ""), 0)];
        do
        {
            var after = marks[^1].What;
            marks = await db.Read(tx => BlobMarks.After(tx, after), ct);
            var over = new List<Unnamed>();
            foreach (var (what, sinceMs) in marks)
            {
                var found = asides.Remove(what, out var aside) || (what.Aside.Length == 0 && placed.Remove(what.Digest));
                if (found && sinceMs >= moment.ToUnixTimeMilliseconds()) { continue; }

                over.Add(what);
                if (aside is not null)
                {
                    if (await store.Erase(aside, ct)) { (count, bytes) = (count + 1, bytes + aside.SizeBytes); }
                }
                else if (found && await store.SetAside(what.Digest, moment, ct) is { } id) { fresh.Add(new(what.Digest, id)); }
            }

            if (over.Count > 0) { await db.Append(tx => BlobMarks.Remove(tx, over), ct); }
        }
        while (marks.Count == BlobMarks.Batch);

        if (fresh.Count > 0) { SetAside(fresh.Count, options.GraceHours); }

        foreach (var some in fresh.Concat(asides.Keys).Concat(placed.Digests.Select(digest => new Unnamed(digest, ""))).Chunk(BlobMarks.Batch)) { await db.Append(tx => BlobMarks.Add(tx, some), ct); }

        if (count > 0) { Erased(count, bytes); }

        return (count, bytes);
    }

    protected override void Failed(Exception error) => NotSwept(error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The folder of blobs is that of other databases, too, and is not swept; if it is not, remove {Databases} from its folder 'databases'")]
    private partial void Shared(string databases);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Blobs} blobs set aside: nothing names them any more; they are erased in {Hours} hours unless something does")]
    private partial void SetAside(int blobs, int hours);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Blobs} blobs of {Bytes} bytes erased: nothing has named them for long")]
    private partial void Erased(long blobs, long bytes);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Blobs could not be swept; trying again in a while")]
    private partial void NotSwept(Exception error);
}
