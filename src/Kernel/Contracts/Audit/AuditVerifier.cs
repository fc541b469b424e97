using System.Security.Cryptography;
using System.Text;

namespace Slipway.Kernel.Contracts;

/// <summary>
/// Checks a log in one pass, in order: header, then entries with each checkpoint right after its last entry. Recomputes every leaf and root,
/// checks signatures, order and keys, compares with what a witness has seen, and says where the faults lie. Not thread safe.
/// </summary>
/// <remarks>
/// A changed entry is named exactly while its stored leaf hash stands; when that was changed as well, only the signed roots speak, and the fault
/// lies between two checkpoints. After a root that does not fit, later roots cannot be compared; everything else still is.
/// </remarks>
public sealed class AuditVerifier(AuditTrust trust)
{
    private const int MaxFaults = 1_000;

    // A checkpoint carries the time of its signing, and is seen in the log only once it has been committed.
    private const long CommitMs = 5_000;
    private static readonly byte[] IntroducesKey = Encoding.UTF8.GetBytes($"\"action\":\"{AuditKeyId.Introduced}\"");

    private readonly List<AuditFault> _faults = [];
    private readonly Dictionary<long, byte[]> _notes = [];
    private readonly Dictionary<string, ECDsa> _keys = [];
    private readonly HashSet<string> _introduced = [];
    private readonly MerkleFrontier _tree = new();
    private string? _origin;
    private long _stated = -1;
    private long _next;
    private long _good;
    private long _last;
    private long _checkpoints;
    private bool _comparable = true;

    /// <summary>When the log was read, Unix ms UTC, as its header says; nothing signs it, so people should look at it.</summary>
    public long ReadMs { get; private set; }

    /// <summary>Checkpoints of the witness that are younger than that: nothing can be said of them.</summary>
    public int TooYoung { get; private set; }

    /// <param name="size">Number of entries that follow.</param>
    /// <param name="readMs">When the log was read, Unix ms UTC: a witness may have seen more since.</param>
    /// <param name="publicKeys">Every key that has signed, SubjectPublicKeyInfo in DER.</param>
    public void Header(string origin, long size, long readMs, IEnumerable<byte[]> publicKeys)
    {
        (_origin, _stated, ReadMs) = (origin, size, readMs);
        foreach (var bytes in publicKeys)
        {
            var id = AuditKeyId.Of(bytes);
            if (trust.Keys.Count > 0 && !trust.Keys.ContainsKey(id))
            {
                Fault(AuditFaults.UnknownKey, $"The log brings key {id}, which is not among the trusted ones.");
                continue;
            }

            var key = ECDsa.Create();
            try { key.ImportSubjectPublicKeyInfo(bytes, out _); }
            catch (Exception error) when (error is CryptographicException or PlatformNotSupportedException)
            {
                Fault(AuditFaults.UnknownKey, $"Key {id} of the log cannot be read: {error.Message}");
                continue;
            }

            _keys[id] = key;
        }
    }

    /// <param name="leafHash">As stored beside the entry.</param>
    /// <param name="entry">The canonical bytes.</param>
    public void Entry(long index, byte[] leafHash, byte[] entry)
    {
        if (index < _next)
        {
            Fault(AuditFaults.MisplacedEntry, $"Entry {index} comes again or too late: entry {_next} was due.", index, _next);
            return;
        }

        if (index > _next)
        {
            Fault(AuditFaults.MissingEntries, $"After entry {_next - 1} comes entry {index}: {index - _next} are missing.", _next, index);
            _comparable = false;
            _next = index;
        }

        var found = MerkleHash.Leaf(entry);
        if (!found.AsSpan().SequenceEqual(leafHash))
        {
            Fault(AuditFaults.AlteredEntry, $"Entry {index} hashes to {Hex(found)}, but {Hex(leafHash)} was written.", index, index + 1);
        }

        if (_comparable) { _tree.Append(leafHash); }

        _next++;
        if (entry.AsSpan().IndexOf(IntroducesKey) >= 0) { Introduce(entry); }
    }

    public void Checkpoint(string note)
    {
        _checkpoints++;
        if (!AuditCheckpoint.TryParse(note, out var checkpoint, out var signature))
        {
            Fault(AuditFaults.BadCheckpoint, $"The checkpoint after entry {_next - 1} (number {_checkpoints} in the log) is not the text of a checkpoint.", _last, _next, _next);
            return;
        }

        var size = checkpoint.Size;
        if (!checkpoint.IsSignedBy(_keys, signature, out var keyId))
        {
            Fault(AuditFaults.BadCheckpoint, $"The checkpoint of size {size} after entry {_next - 1} is not signed by a key of this log, or was changed after it was signed.", _last, _next, _next);
            return;
        }

        if (!_introduced.Contains(keyId)) { Fault(AuditFaults.UnknownKey, $"The checkpoint of size {size} is signed by key {keyId}, which no entry before it introduces.", checkpoint: size); }

        if (checkpoint.Origin != _origin) { Fault(AuditFaults.BadCheckpoint, $"The checkpoint of size {size} is of the log '{checkpoint.Origin}', this is '{_origin}'.", checkpoint: size); }

        if (size <= _last)
        {
            Fault(AuditFaults.MisplacedCheckpoint, $"The checkpoint of size {size} comes again or too late: one of size {_last} came before it.", checkpoint: size);
            return;
        }

        if (checkpoint.Previous != _last)
        {
            Fault(AuditFaults.MissingCheckpoint, $"The checkpoint of size {size} follows one of size {checkpoint.Previous}; the one before it here has size {_last}.", checkpoint: checkpoint.Previous);
        }

        Compare(checkpoint);
        _notes[size] = SHA256.HashData(Encoding.UTF8.GetBytes(note));
        _last = size;
    }

    /// <summary>For readers: something that is not an entry or a checkpoint at all.</summary>
    public void Fault(string kind, string detail, long? from = null, long? to = null, long? checkpoint = null)
    {
        if (_faults.Count < MaxFaults) { _faults.Add(new AuditFault(kind, detail, from, to, checkpoint)); }
    }

    /// <summary>To be called once, after the last line.</summary>
    public AuditVerifyView End(long tookMs)
    {
        if (_origin is null) { Fault(AuditFaults.BadExport, "There is no header: origin, size and keys of the log are unknown."); }
        else if (_stated != _next) { Fault(AuditFaults.BadExport, $"The header says {_stated} entries, {_next} are there.", Math.Min(_stated, _next), Math.Max(_stated, _next)); }

        if (_next > _last) { Fault(AuditFaults.UncoveredEntries, $"Entries {_last} to {_next - 1} come after the last checkpoint, of size {_last}.", _last, _next); }

        CompareWithWitness();
        foreach (var key in _keys.Values) { key.Dispose(); }

        return new AuditVerifyView(_faults.Count == 0, _next, _checkpoints, _faults, tookMs);
    }

    private void Introduce(byte[] entry)
    {
        try
        {
            var read = AuditEntry.Parse(entry);
            if (read.Action == AuditKeyId.Introduced) { _introduced.Add(read.Object[(read.Object.IndexOf('/', StringComparison.Ordinal) + 1)..]); }
        }
        catch (FormatException) { /* its leaf or a root says so when it was changed */ }
    }

    private void Compare(AuditCheckpoint checkpoint)
    {
        var size = checkpoint.Size;
        if (size > _next)
        {
            Fault(AuditFaults.MissingEntries, $"The checkpoint of size {size} comes after entry {_next - 1}: entries are missing since size {_good}.", _good, size, size);
            _comparable = false;
        }
        else if (size < _next)
        {
            Fault(AuditFaults.MisplacedEntry, $"The checkpoint of size {size} comes after entry {_next - 1}: entries were inserted since size {_good}, or it was moved.", _good, _next, size);
            _comparable = false;
        }
        else if (_comparable && !_tree.Root().AsSpan().SequenceEqual(checkpoint.Root))
        {
            Fault(AuditFaults.RootMismatch, $"Entries {_good} to {size - 1} are not those that were signed at size {size}: their root is {Hex(_tree.Root())}, signed was {Hex(checkpoint.Root)}.", _good, size, size);
            _comparable = false;
        }
        else if (_comparable) { _good = size; }
    }

    private void CompareWithWitness()
    {
        var seen = new List<(WitnessedNote File, AuditCheckpoint Checkpoint)>();
        foreach (var file in trust.Witnessed)
        {
            if (AuditCheckpoint.TryParse(file.Note, out var checkpoint, out var signature)
                && (Knows(checkpoint, file.Note) || checkpoint.IsSignedBy(_keys, signature, out _))) { seen.Add((file, checkpoint)); }
            else { Fault(AuditFaults.BadWitness, $"The witness's {file.Name} is damaged, or no key of this log has signed it."); }
        }

        // In order, so that a fault begins where witness and log last agreed.
        var agreed = 0L;
        foreach (var (file, checkpoint) in seen.OrderBy(pair => pair.Checkpoint.Size))
        {
            if (Knows(checkpoint, file.Note)) { agreed = checkpoint.Size; }
            else { Compare(file.Name, checkpoint, agreed); }
        }
    }

    private void Compare(string name, AuditCheckpoint seen, long agreed)
    {
        var size = seen.Size;
        if (size > _last && seen.AtMs > ReadMs - CommitMs) { TooYoung++; }
        else if (size > _last)
        {
            Fault(AuditFaults.OlderThanWitness, $"The witness's {name} has seen {size} entries, this log's last checkpoint covers {_last}: it was cut, or is an old backup.", Math.Min(_last, _next), size, size);
        }
        else if (_notes.ContainsKey(size))
        {
            Fault(AuditFaults.Fork, $"The witness's {name} has seen another log: what was signed at size {size} is not what stands here. They agree up to {agreed}.", agreed, size, size);
        }
        else { Fault(AuditFaults.MissingCheckpoint, $"The witness's {name}, of size {size}, is not in the log: it was taken away, or the log was rewritten. They agree up to {agreed}.", agreed, size, size); }
    }

    private bool Knows(AuditCheckpoint checkpoint, string note) =>
        _notes.TryGetValue(checkpoint.Size, out var hash) && hash.AsSpan().SequenceEqual(SHA256.HashData(Encoding.UTF8.GetBytes(note)));

    private static string Hex(byte[] hash) => Convert.ToHexStringLower(hash);
}
