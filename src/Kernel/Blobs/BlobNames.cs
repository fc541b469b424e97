using System.Buffers.Binary;

namespace Slipway.Kernel;

/// <summary>
/// Which blobs are named. Whatever text of 64 lower-case hex digits stands anywhere in the records counts as a name, in a column of digests as in the middle of JSON: so a room cannot forget to say
/// which blobs are its own, and a blob that a fact, an approval or an audit entry names never goes.
/// </summary>
internal static class BlobNames
{
    /// <summary>Removes every digest that is named from <paramref name="candidates"/>.</summary>
    public static void Mark(ReadTx tx, BlobSet candidates)
    {
        foreach (var table in tx.Query(tx.Dialect.TextColumns(), row => (Table: row.GetString(0), Column: row.GetString(1))).GroupBy(row => row.Table, row => row.Column, StringComparer.Ordinal))
        {
            string[] columns = [.. table];
            tx.ForEach(Long(table.Key, columns), row =>
            {
                for (var i = 0; i < columns.Length; i++)
                {
                    if (!row.IsDBNull(i)) { Mark(row.GetString(i), candidates); }
                }
            });
        }

        // The one place where JSON is kept as bytes.
        tx.ForEach($"SELECT entry FROM kernel_audit_entries", row => Mark(System.Text.Encoding.UTF8.GetString(row.GetFieldValue<byte[]>(0)), candidates));
    }

    /// <summary>Removes every digest that stands in the text.</summary>
    /// <param name="named">Gets those that were removed.</param>
    public static void Mark(ReadOnlySpan<char> text, BlobSet candidates, List<string>? named = null)
    {
        for (var start = 0; start <= text.Length - BlobDigest.HexDigits;)
        {
            // From the end: one sign that is no digit rules out every place before it.
            var last = text.Slice(start, BlobDigest.HexDigits).LastIndexOfAnyExcept(HexDigits);
            if (last >= 0)
            {
                start += last + 1;
                continue;
            }

            var digest = text.Slice(start++, BlobDigest.HexDigits);
            if (candidates.Remove(digest)) { named?.Add(digest.ToString()); }
        }
    }

    private static readonly System.Buffers.SearchValues<char> HexDigits = System.Buffers.SearchValues.Create("0123456789abcdef");

    /// <summary>Rows with a text that is long enough to hold a digest.</summary>
    private static Sql Long(string table, string[] columns)
    {
        var names = columns.Select(column => $"\"{column}\"").ToArray();
        return Search.Comparisons.Literal($"SELECT {string.Join(", ", names)} FROM \"{table}\" WHERE {string.Join(" OR ", names.Select(name => $"length({name}) >= {BlobDigest.HexDigits}"))}");
    }
}

/// <summary>Digests, 32 bytes each: a million of them are some 50 MB.</summary>
internal sealed class BlobSet
{
    private readonly HashSet<(ulong, ulong, ulong, ulong)> _digests = [];

    public int Count => _digests.Count;

    public IEnumerable<string> Digests => _digests.Select(Text);

    /// <param name="digest">64 lower-case hex digits.</param>
    public void Add(ReadOnlySpan<char> digest) => _digests.Add(Key(digest));

    /// <inheritdoc cref="Add"/>
    /// <returns>False = it was not there.</returns>
    public bool Remove(ReadOnlySpan<char> digest) => _digests.Remove(Key(digest));

    public bool Contains(ReadOnlySpan<char> digest) => _digests.Contains(Key(digest));

    private static (ulong, ulong, ulong, ulong) Key(ReadOnlySpan<char> digest)
    {
        Span<byte> bytes = stackalloc byte[BlobDigest.HexDigits / 2];
        Convert.FromHexString(digest, bytes, out _, out _);
        return (
            BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]), BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]),
            BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]));
    }

    private static string Text((ulong A, ulong B, ulong C, ulong D) digest) => $"{digest.A:x16}{digest.B:x16}{digest.C:x16}{digest.D:x16}";
}
