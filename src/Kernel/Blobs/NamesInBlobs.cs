namespace Slipway.Kernel;

/// <summary>Names inside records that are kept as blobs: whatever is kept, as large as a record can be and begins like JSON is read.</summary>
internal sealed class NamesInBlobs(IBlobStore blobs, ISweepableBlobs store)
{
    // The largest record that any room reads back is 16 MiB.
    private const int MaxJsonBytes = 64 << 20;

    /// <summary>Removes every digest that a blob names that is not among <paramref name="unnamed"/> itself.</summary>
    /// <exception cref="BlobCorruptException">What one names cannot be read.</exception>
    public async Task Mark(BlobSet unnamed, CancellationToken ct)
    {
        var named = new List<string>();
        await foreach (var blob in store.PutBefore(DateTimeOffset.MaxValue, ct))
        {
            if (unnamed.Count == 0) { return; }

            if (!unnamed.Contains(blob.Digest)) { await Mark(blob, unnamed, named, ct); }
        }

        // What they name is kept, and may name more.
        while (named.Count > 0 && unnamed.Count > 0)
        {
            var next = new List<string>();
            foreach (var digest in named)
            {
                if (await blobs.Find(digest, ct) is { } blob) { await Mark(blob, unnamed, next, ct); }
            }

            named = next;
        }
    }

    private async Task Mark(BlobInfo blob, BlobSet unnamed, List<string> named, CancellationToken ct)
    {
        if (blob.SizeBytes is < BlobDigest.HexDigits or > MaxJsonBytes) { return; }

        using var content = new MemoryStream();
        try
        {
            // Of a large one only the first chunk is read to see how it begins.
            if (blob.SizeBytes > BlobChunks.ChunkBytes)
            {
                await blobs.CopyTo(blob.Digest, new BlobRange(0, 1), content, ct);
                if (!BeginsLikeJson(content)) { return; }

                content.SetLength(0);
            }

            await blobs.CopyTo(blob.Digest, null, content, ct);
        }
        catch (BlobMissingException) { return; }

        if (BeginsLikeJson(content)) { BlobNames.Mark(System.Text.Encoding.UTF8.GetString(content.GetBuffer(), 0, (int)content.Length), unnamed, named); }
    }

    private static bool BeginsLikeJson(MemoryStream content) => content.GetBuffer()[0] is (byte)'{' or (byte)'[';
}
