using System.Security.Cryptography;

namespace Slipway.Kernel.Contracts;

/// <summary>What those who verify hold besides the log: checkpoints seen earlier, and the public keys that they believe.</summary>
public sealed class AuditTrust : IDisposable
{
    public const string CheckpointFiles = "*.checkpoint";
    public const string KeyFiles = "*.pem";

    /// <summary>Nothing: the keys that the log itself brings are taken, which finds every fault but a log signed anew from its beginning.</summary>
    public static AuditTrust None => new([], new Dictionary<string, ECDsa>());

    public AuditTrust(IReadOnlyList<WitnessedNote> witnessed, IReadOnlyDictionary<string, ECDsa> keys) => (Witnessed, Keys) = (witnessed, keys);

    /// <summary>Checkpoints kept elsewhere, in any order.</summary>
    public IReadOnlyList<WitnessedNote> Witnessed { get; }

    /// <summary>Keys believed, by <see cref="AuditKeyId"/>; empty = whatever the log brings.</summary>
    public IReadOnlyDictionary<string, ECDsa> Keys { get; }

    /// <summary>A witness folder: its <c>*.checkpoint</c> notes and its <c>*.pem</c> public keys.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public static AuditTrust Read(string folder)
    {
        var keys = new Dictionary<string, ECDsa>();
        foreach (var path in Directory.EnumerateFiles(folder, KeyFiles).Order(StringComparer.Ordinal))
        {
            var key = ECDsa.Create();
            try { key.ImportFromPem(File.ReadAllText(path)); }
            catch (Exception error) when (error is ArgumentException or CryptographicException or PlatformNotSupportedException) { throw new IOException($"{path} is no public key in PEM: {error.Message}", error); }

            keys[AuditKeyId.Of(key)] = key;
        }

        var notes = Directory.EnumerateFiles(folder, CheckpointFiles).Order(StringComparer.Ordinal)
            .Select(path => new WitnessedNote(Path.GetFileName(path), File.ReadAllText(path)));
        return new AuditTrust([.. notes], keys);
    }

    public void Dispose()
    {
        foreach (var key in Keys.Values) { key.Dispose(); }
    }
}

/// <param name="Name">Where it was found, for messages.</param>
public sealed record WitnessedNote(string Name, string Note);
