using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Slipway.Kernel.Contracts;

/// <summary>
/// A signed statement about the whole log, as a note in the form of C2SP signed-note and tlog-checkpoint: origin, size, base64 root, then the
/// extension lines <c>time-ms</c> and <c>previous</c>; an empty line; <c>— origin base64(key hint ‖ signature)</c>.
/// </summary>
/// <param name="Origin">Name of the log; the same for its whole life.</param>
/// <param name="Size">Number of entries, from 1.</param>
/// <param name="Root">RFC 9162 root of that many, 32 bytes.</param>
/// <param name="AtMs">When it was signed, Unix ms UTC.</param>
/// <param name="Previous">Size of the checkpoint before it; 0 for the first. Makes a checkpoint that was taken away show.</param>
public sealed record AuditCheckpoint(string Origin, long Size, byte[] Root, long AtMs, long Previous)
{
    private const string Dash = "\u2014 ";
    private const int HintBytes = 4;

    /// <summary>The lines that are signed, each ending in a line feed.</summary>
    public string Text => string.Create(
        CultureInfo.InvariantCulture, $"{Origin}\n{Size}\n{Convert.ToBase64String(Root)}\ntime-ms {AtMs}\nprevious {Previous}\n");

    /// <summary>The whole note, signed with ECDSA P-256 over SHA-256 (DER form); the hint is the beginning of the key's id.</summary>
    public string Sign(ECDsa key)
    {
        var hint = Convert.FromHexString(AuditKeyId.Of(key))[..HintBytes];
        var signature = key.SignData(Encoding.UTF8.GetBytes(Text), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return $"{Text}\n{Dash}{Origin} {Convert.ToBase64String([.. hint, .. signature])}\n";
    }

    /// <summary>The statement and its signature, unchecked; false when the text is no such note, to the letter.</summary>
    public static bool TryParse(string note, out AuditCheckpoint checkpoint, out byte[] hintAndSignature)
    {
        (checkpoint, hintAndSignature) = (null!, []);
        var lines = note.Split('\n');
        if (lines.Length != 8 || lines[5].Length != 0 || lines[7].Length != 0) { return false; }

        var root = new byte[MerkleHash.Size];
        var signed = lines[6].Split(' ');
        if (!Number(lines[1], "", out var size) || !Number(lines[3], "time-ms ", out var atMs) || !Number(lines[4], "previous ", out var previous)
            || !Convert.TryFromBase64String(lines[2], root, out var length) || length != root.Length
            || signed.Length != 3 || signed[0] != Dash.Trim() || signed[1] != lines[0] || !Base64.IsValid(signed[2])) { return false; }

        checkpoint = new AuditCheckpoint(lines[0], size, root, atMs, previous);
        hintAndSignature = Convert.FromBase64String(signed[2]);

        // Only the one spelling that we write: another text with the same meaning would not be the text that was signed.
        return hintAndSignature.Length > HintBytes && note == $"{checkpoint.Text}\n{Dash}{checkpoint.Origin} {Convert.ToBase64String(hintAndSignature)}\n";
    }

    /// <summary>True when one of the keys has signed exactly this; tells which.</summary>
    public bool IsSignedBy(IReadOnlyDictionary<string, ECDsa> keys, byte[] hintAndSignature, out string keyId)
    {
        var hint = Convert.ToHexStringLower(hintAndSignature.AsSpan(0, HintBytes));
        var text = Encoding.UTF8.GetBytes(Text);
        foreach (var (id, key) in keys)
        {
            keyId = id;
            if (id.StartsWith(hint, StringComparison.Ordinal)
                && key.VerifyData(text, hintAndSignature.AsSpan(HintBytes), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)) { return true; }
        }

        keyId = "";
        return false;
    }

    private static bool Number(string line, string name, out long value)
    {
        value = 0;
        return line.StartsWith(name, StringComparison.Ordinal) && long.TryParse(line.AsSpan(name.Length), NumberStyles.None, CultureInfo.InvariantCulture, out value);
    }
}
