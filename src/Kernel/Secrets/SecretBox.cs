using System.Security.Cryptography;
using System.Text;

namespace Slipway.Kernel;

/// <summary>
/// Encrypts secrets that the server must be able to read again (AES-256-GCM, a nonce of its own for each) with a key in a file, never in the database: a copy of the
/// database alone gives none of them away. Thread safe.
/// </summary>
/// <param name="keyFile">32 bytes as base64, mode 0600; made at the first use. Replicas of one server share it.</param>
public sealed class SecretBox(string keyFile)
{
    private const byte Form = 1;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private readonly Lazy<byte[]> _key = new(() => Key(Path.GetFullPath(keyFile)));

    /// <param name="purpose">What it is a secret of, such as <c>webhook/0192…</c>: it opens for that alone, and cannot be moved to another row.</param>
    /// <returns>Form (1 byte), nonce, tag, ciphertext.</returns>
    /// <exception cref="IOException">The key cannot be made or read, or others may read it.</exception>
    public byte[] Seal(string secret, string purpose)
    {
        var plain = Encoding.UTF8.GetBytes(secret);
        var box = new byte[1 + NonceBytes + TagBytes + plain.Length];
        box[0] = Form;
        var nonce = box.AsSpan(1, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(_key.Value, TagBytes);
        aes.Encrypt(nonce, plain, box.AsSpan(1 + NonceBytes + TagBytes), box.AsSpan(1 + NonceBytes, TagBytes), Encoding.UTF8.GetBytes(purpose));
        return box;
    }

    /// <returns>Null when it was sealed by another key or for another purpose, or was changed since.</returns>
    /// <exception cref="IOException">The key cannot be made or read, or others may read it.</exception>
    public string? Open(ReadOnlySpan<byte> box, string purpose)
    {
        if (box.Length < 1 + NonceBytes + TagBytes || box[0] != Form) { return null; }

        var plain = new byte[box.Length - 1 - NonceBytes - TagBytes];
        using var aes = new AesGcm(_key.Value, TagBytes);
        try { aes.Decrypt(box.Slice(1, NonceBytes), box[(1 + NonceBytes + TagBytes)..], box.Slice(1 + NonceBytes, TagBytes), plain, Encoding.UTF8.GetBytes(purpose)); }
        catch (AuthenticationTagMismatchException) { return null; }

        return Encoding.UTF8.GetString(plain);
    }

    private static byte[] Key(string path)
    {
        if (!File.Exists(path))
        {
            try { KeyFile.Create(path, Encoding.ASCII.GetBytes(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)) + "\n")); }
            catch (IOException) when (File.Exists(path)) { /* another replica was first */ }
        }

        KeyFile.RefuseIfOthersRead(path, "key of secrets");
        var key = new byte[32];
        return Convert.TryFromBase64String(File.ReadAllText(path).Trim(), key, out var length) && length == 32
            ? key
            : throw new IOException($"The key of secrets {path} is not 32 bytes as base64.");
    }
}
