using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Slipway.Kernel.Contracts;

namespace Slipway.Kernel.Tests;

/// <summary>One line of an export: an entry or a checkpoint.</summary>
internal sealed record LogLine(long Index, byte[] Leaf, byte[] Entry, string? Note)
{
    public bool IsEntry => Note is null;

    public static LogLine Of(long index, byte[] entry) => new(index, MerkleHash.Leaf(entry), entry, null);
}

/// <summary>A sound log in memory, with keys at hand: what tests then tamper with.</summary>
internal sealed record MadeLog(ECDsa Key, string Origin, List<LogLine> Lines)
{
    private const long SignedMs = 1_795_000_000_000;

    /// <summary>A minute after the last checkpoint.</summary>
    public long ExportedMs { get; init; } = SignedMs + 60_000;

    public IEnumerable<LogLine> Entries => Lines.Where(line => line.IsEntry);

    public List<long> Sizes => [.. Lines.Where(line => !line.IsEntry).Select(line => SizeOf(line.Note!))];

    public static long SizeOf(string note) => long.Parse(note.Split('\n')[1], CultureInfo.InvariantCulture);

    /// <param name="random">Decides the entries' texts and where checkpoints stand.</param>
    public static MadeLog Make(ECDsa key, int entries, Random random)
    {
        var keyId = AuditKeyId.Of(key);
        var log = new MadeLog(key, $"slipway/audit/{keyId[..16]}", []);
        log.Append(Entry("key", AuditKeyId.Introduced, AuditKeyId.Object(keyId)));
        for (var i = 1; i < entries; i++)
        {
            log.Append(Entry($"e{i}-{random.Next()}", "run.delete", $"run/{i}"));
            if (random.Next(6) == 0) { log.Sign(); }
        }

        if (log.Lines[^1].IsEntry) { log.Sign(); }

        return log;
    }

    public static byte[] Entry(string id, string action, string subject) => new AuditEntry(
        id, SignedMs, "0192ab", null, "key/1", "risk", action, subject, null, new string('a', 64), null, null, "r-" + id, "10.0.0.1").ToBytes();

    public void Append(byte[] entry) => Lines.Add(LogLine.Of(Entries.LongCount(), entry));

    public void Sign()
    {
        var tree = new MerkleFrontier();
        foreach (var line in Entries) { tree.Append(MerkleHash.Leaf(line.Entry)); }

        var previous = Lines.LastOrDefault(line => !line.IsEntry);
        Lines.Add(new LogLine(-1, [], [], new AuditCheckpoint(Origin, tree.Size, tree.Root(), SignedMs, previous is null ? 0 : SizeOf(previous.Note!)).Sign(Key)));
    }

    /// <summary>What a witness holds of this log.</summary>
    public AuditTrust Witness() => new(
        [.. Lines.Where(line => !line.IsEntry).Select(line => new WitnessedNote($"{SizeOf(line.Note!):D12}.checkpoint", line.Note!))], new Dictionary<string, ECDsa>());

    public byte[] Export(long? statedSize = null)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var writer = new AuditExportWriter(output))
        {
            writer.Header(Origin, statedSize ?? Entries.LongCount(), ExportedMs, [Key.ExportSubjectPublicKeyInfo()]);
            foreach (var line in Lines)
            {
                if (line.IsEntry) { writer.Entry(line.Index, line.Leaf, line.Entry); }
                else { writer.Checkpoint(line.Note!); }
            }
        }

        return output.WrittenSpan.ToArray();
    }

    public static AuditVerifyView Verify(byte[] export, AuditTrust trust)
    {
        var verifier = new AuditVerifier(trust);
        using var stream = new MemoryStream(export);
        AuditExportReader.Read(stream, verifier);
        return verifier.End(0);
    }

    /// <summary>The entries counted anew, as one who hides an insertion or a removal would.</summary>
    public MadeLog Renumbered()
    {
        var next = 0L;
        return this with { Lines = [.. Lines.Select(line => line.IsEntry ? line with { Index = next++ } : line)] };
    }

    public static string Text(byte[] export) => Encoding.UTF8.GetString(export);
}
