using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Slipway.Kernel;

namespace Slipway.Identity.SignIn;

internal enum CredentialKind : byte
{
    Key,
    Password,
    Session,
}

/// <summary>
/// Credentials that were verified in the last minute, under a hash with a key of this process, so that neither the credential nor anything that
/// could be tried offline lies in memory. Every change of who may do what clears all of it. Thread safe.
/// </summary>
/// <remarks>Another replica learns of a change when its own entries run out: after 60 s at most.</remarks>
internal sealed class CredentialCache(TimeProvider clock)
{
    public const int LifeSeconds = 60;
    private const int MaxEntries = 20_000;

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly ConcurrentDictionary<UInt128, Entry> _entries = new();
    private long _epoch;

    /// <summary>Taken before the database is read and given to <see cref="Keep"/>: what was read before a change is not kept after it.</summary>
    public long Epoch => Interlocked.Read(ref _epoch);

    public Caller? Find(CredentialKind kind, string credential) =>
        _entries.TryGetValue(Fingerprint(kind, credential), out var entry) && clock.NowMs() < entry.UntilMs ? entry.Caller : null;

    /// <param name="expiresMs">When the credential itself ends; it is not remembered longer.</param>
    public void Keep(CredentialKind kind, string credential, Caller caller, long expiresMs, long epoch)
    {
        if (_entries.Count >= MaxEntries) { _entries.Clear(); }

        var fingerprint = Fingerprint(kind, credential);
        _entries[fingerprint] = new Entry(caller, Math.Min(expiresMs, clock.NowMs() + (LifeSeconds * 1_000)));
        // Looked at after keeping, since a clearing in between would have missed the entry.
        if (Epoch != epoch) { _entries.TryRemove(fingerprint, out _); }
    }

    /// <summary>Ends one credential; <see cref="Clear"/> is for changes that concern several.</summary>
    public void Forget(CredentialKind kind, string credential)
    {
        Interlocked.Increment(ref _epoch);
        _entries.TryRemove(Fingerprint(kind, credential), out _);
    }

    public void Clear()
    {
        Interlocked.Increment(ref _epoch);
        _entries.Clear();
    }

    private UInt128 Fingerprint(CredentialKind kind, string credential)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, MemoryMarshal.AsBytes(credential.AsSpan()), hash);
        hash[0] ^= (byte)kind;
        return MemoryMarshal.Read<UInt128>(hash);
    }

    private sealed record Entry(Caller Caller, long UntilMs);
}
