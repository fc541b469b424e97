using System.Security.Cryptography;
using System.Text;
using Slipway.Kernel.Contracts;

namespace Slipway.Kernel;

/// <summary>
/// The witness folder: each checkpoint as a file of its own that is never overwritten, so that a log that was rewritten or restored from an old backup
/// stands beside what it said before.
/// </summary>
public sealed class AuditWitness(AuditOptions options)
{
    public bool Configured => options.WitnessFolder is not null;

    /// <summary>Writes what is missing; the files have reached the disk when it returns.</summary>
    /// <param name="publicKeys">SubjectPublicKeyInfo, DER.</param>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public void Write(IEnumerable<byte[]> publicKeys, IEnumerable<StoredCheckpoint> checkpoints)
    {
        var folder = options.WitnessFolder ?? throw new InvalidOperationException("No witness folder is configured.");
        Directory.CreateDirectory(folder);
        foreach (var key in publicKeys) { Keep(folder, $"{AuditKeyId.Of(key)}.pem", PemEncoding.WriteString("PUBLIC KEY", key) + "\n"); }

        foreach (var checkpoint in checkpoints)
        {
            var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(checkpoint.Note)));
            Keep(folder, $"{checkpoint.Size:D12}-{digest[..8]}.checkpoint", checkpoint.Note);
        }

        DurableFiles.SyncDirectory(folder);
    }

    /// <summary>What it has seen; nothing where there is no folder.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public AuditTrust Read() => options.WitnessFolder is { } folder && Directory.Exists(folder) ? AuditTrust.Read(folder) : AuditTrust.None;

    private static void Keep(string folder, string name, string text)
    {
        var path = Path.Combine(folder, name);
        if (!File.Exists(path)) { DurableFiles.Replace($"{path}.tmp", path, Encoding.UTF8.GetBytes(text)); }
    }
}
