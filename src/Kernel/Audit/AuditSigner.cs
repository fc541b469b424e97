using System.Security.Cryptography;
using System.Text;
using Slipway.Kernel.Contracts;

namespace Slipway.Kernel;

/// <summary>The signing key. It lives in a file, never in the database: who can write the records cannot sign them. Thread safe.</summary>
/// <remarks>Rotation: stop, move the file away, start. The new key enters the log by an entry before its first checkpoint.</remarks>
public sealed class AuditSigner : IDisposable
{
    private readonly ECDsa _key;
    private readonly Lock _signing = new();

    /// <exception cref="IOException">The file cannot be made or read, holds no P-256 key, or others may read it.</exception>
    public AuditSigner(AuditOptions options)
    {
        var path = Path.GetFullPath(options.KeyFile);
        if (!File.Exists(path)) { Create(path); }

        KeyFile.RefuseIfOthersRead(path, "audit key");
        _key = ECDsa.Create();
        try { _key.ImportFromPem(File.ReadAllText(path)); }
        catch (Exception error) when (error is ArgumentException or CryptographicException or PlatformNotSupportedException) { throw new IOException($"The audit key {path} is no private key in PEM: {error.Message}", error); }

        if (_key.KeySize != 256) { throw new IOException($"The audit key {path} has {_key.KeySize} bits; it must be ECDSA P-256."); }

        PublicKey = _key.ExportSubjectPublicKeyInfo();
        KeyId = AuditKeyId.Of(PublicKey);
    }

    /// <summary>SubjectPublicKeyInfo, DER.</summary>
    public byte[] PublicKey { get; }

    /// <summary>As <see cref="AuditKeyId"/> says.</summary>
    public string KeyId { get; }

    public string Sign(AuditCheckpoint checkpoint)
    {
        lock (_signing) { return checkpoint.Sign(_key); }
    }

    public void Dispose() => _key.Dispose();

    private static void Create(string path)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        KeyFile.Create(path, Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem() + "\n"));
    }
}
