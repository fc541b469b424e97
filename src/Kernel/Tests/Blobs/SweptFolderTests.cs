namespace Slipway.Kernel.Tests;

/// <summary>Setting aside, taking back and erasing beside everything else. Two stores on one folder are two servers.</summary>
public sealed class SweptFolderTests : IDisposable
{
    private static readonly byte[] Large = [.. Enumerable.Range(0, 3 << 20).Select(i => (byte)(i * 7 % 251))];
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("slipway-test-");
    private readonly ManualClock _clock = new();
    private readonly FolderBlobStore _here;
    private readonly FolderBlobStore _there;

    public SweptFolderTests() => (_here, _there) = (new FolderBlobStore(_folder.FullName, _clock), new FolderBlobStore(_folder.FullName, _clock));

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task What_stands_aside_comes_back_to_whoever_asks_for_it()
    {
        foreach (var ask in (Func<string, Task>[])
        [
            async digest => Assert.Equal(Large.Length, (await _there.Find(digest, default))!.SizeBytes),
            async digest => { await using var stream = await _there.Open(digest, default); Assert.Equal(Large.Length, stream.Length); },
            digest => _there.CopyTo(digest, new BlobRange(2 << 20, 5), Stream.Null, default),
            digest => _there.Check(digest, default),
            digest => _there.TakeBack(digest, default),
        ])
        {
            var digest = await PutAside(Large);

            await ask(digest);

            Assert.Empty(await Aside());
            await _here.Check(digest, default);
        }
    }

    [Fact]
    public async Task Only_what_was_set_aside_then_is_erased()
    {
        var digest = await PutAside(Large);
        var seen = Assert.Single(await Aside());

        // A look that stands still for days, while another server takes the blob back and later sets it aside once more.
        Assert.NotNull(await _there.Find(digest, default));
        Assert.False(await _here.Erase(seen, default));
        _clock.Advance(TimeSpan.FromDays(3));
        Assert.NotNull(await _there.SetAside(digest, _clock.GetUtcNow(), default));
        Assert.False(await _here.Erase(seen, default));

        await _here.Check(digest, default);
        Assert.NotNull(await _there.SetAside(digest, _clock.GetUtcNow(), default));
        Assert.True(await _here.Erase(Assert.Single(await Aside()), default));
        Assert.Null(await _there.Find(digest, default));
        Assert.Empty(Directory.GetFiles(_folder.FullName, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task What_is_put_again_is_neither_set_aside_nor_erased()
    {
        var digest = await PutAside(Large);
        _clock.Advance(TimeSpan.FromHours(1));
        await Put(_there, Large);

        Assert.Null(await _here.SetAside(digest, _clock.GetUtcNow(), default));
        Assert.True(await _here.Erase(Assert.Single(await Aside()), default));

        await _there.Check(digest, default);
    }

    [Fact]
    public async Task What_was_put_again_is_not_replaced_by_what_stood_aside()
    {
        var digest = await PutAside(Large);
        await using (var rotten = File.OpenWrite(Directory.GetFiles(Path.Combine(_folder.FullName, digest[..2]), digest + ".unnamed-*").Single())) { rotten.WriteByte(1); }

        await Put(_there, Large);
        await _here.TakeBack(digest, default);

        Assert.Empty(await Aside());
        await _here.Check(digest, default);
    }

    [Fact]
    public async Task A_list_that_is_lost_is_made_again_and_does_not_hide_rot()
    {
        var digest = (await Put(_here, Large)).Digest;
        var path = Path.Combine(_folder.FullName, digest[..2], digest);
        File.Delete(path + ".chunks");

        await _here.Check(digest, default);
        Assert.True(File.Exists(path + ".chunks"));

        File.Delete(path + ".chunks");
        await using (var file = File.OpenWrite(path)) { file.WriteByte(1); }

        await Assert.ThrowsAsync<BlobCorruptException>(() => _here.Check(digest, default));
    }

    /// <summary>
    /// Every order of a look that erases, a look of another server that sets aside, and somebody who puts the blob, or looks whether it is there, and then names it: what is named is there, after every step.
    /// </summary>
    [Theory, InlineData(true), InlineData(false)]
    public async Task No_order_of_events_loses_what_is_named(bool puts)
    {
        byte[] content = [1, 2, 3];
        foreach (var (placed, aside) in ((bool, bool)[])[(true, false), (false, true), (true, true)])
        {
            foreach (var order in Orders("eeessnn"))
            {
                var digest = await PutAside(content);
                if (placed) { await (aside ? Put(_here, content) : _here.TakeBack(digest, default)); }

                // What stands aside was marked long ago; what is set aside from here on cannot be, before the name is there.
                _clock.Advance(TimeSpan.FromDays(2));
                var moment = _clock.GetUtcNow() - TimeSpan.FromDays(1);
                var marked = (await Aside()).Select(one => one.Id).ToHashSet();
                var (named, found, erasing, setting) = (false, false, 0, 0);
                var (listed, inErasing, inSetting) = (new List<BlobAside>(), false, false);
                for (var step = 0; step < order.Length; step++)
                {
                    switch (order[step])
                    {
                        case 'e' when ++erasing == 1: listed = await Aside(); break;
                        case 'e' when erasing == 2: inErasing = named; break;
                        case 'e':
                            foreach (var one in listed)
                            {
                                if (inErasing) { await _here.TakeBack(one.Digest, default); }
                                else if (marked.Contains(one.Id)) { await _here.Erase(one, default); }
                            }

                            break;
                        case 's' when ++setting == 1: inSetting = named; break;
                        case 's':
                            if (!inSetting) { await _there.SetAside(digest, moment, default); }

                            break;
                        case 'n' when !found:
                            found = (puts ? await Put(_there, content) : await _there.Find(digest, default)) is not null;
                            break;
                        default: named = found; break;
                    }

                    Assert.True(!named || Directory.EnumerateFiles(Path.Combine(_folder.FullName, digest[..2]), digest + "*").Any(), $"{order} at {step}, in its place: {placed}, aside: {aside}");
                }

                if (named) { await _here.Check(digest, default); }

                await _here.Delete(digest, default);
            }
        }
    }

    private static IEnumerable<string> Orders(string steps)
    {
        if (steps.Length == 0) { yield return ""; }

        foreach (var first in steps.Distinct())
        {
            var at = steps.IndexOf(first, StringComparison.Ordinal);
            foreach (var rest in Orders(steps.Remove(at, 1))) { yield return first + rest; }
        }
    }

    private async Task<string> PutAside(byte[] content)
    {
        var digest = (await Put(_here, content)).Digest;
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.NotNull(await _here.SetAside(digest, _clock.GetUtcNow(), default));
        return digest;
    }

    private static Task<BlobInfo> Put(FolderBlobStore store, byte[] content) => store.Put(new MemoryStream(content), default);

    private async Task<List<BlobAside>> Aside()
    {
        var all = new List<BlobAside>();
        await foreach (var aside in _here.Aside(default)) { all.Add(aside); }

        return all;
    }
}
