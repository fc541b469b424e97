using System.Security.Cryptography;

namespace Slipway.Kernel.Contracts;

/// <summary>How a signing key is named: SHA-256 of its public key (SubjectPublicKeyInfo, DER), 64 hex digits. The id binds the key itself.</summary>
public static class AuditKeyId
{
    /// <summary>Action of the entry by which a key enters the log; no checkpoint counts that a key signed before its own entry.</summary>
    public const string Introduced = "audit.key.use";

    public static string Of(ECDsa key) => Of(key.ExportSubjectPublicKeyInfo());

    public static string Of(ReadOnlySpan<byte> publicKey) => Convert.ToHexStringLower(SHA256.HashData(publicKey));

    /// <summary>The object of the entry that introduces it.</summary>
    public static string Object(string keyId) => $"audit-key/{keyId}";
}
