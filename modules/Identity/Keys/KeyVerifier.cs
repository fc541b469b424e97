using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Slipway.Identity.Local;
using Slipway.Identity.People;
using Slipway.Identity.SignIn;
using Slipway.Kernel;

namespace Slipway.Identity.Keys;

/// <summary>Says whose key a text is. Verified keys are remembered for a minute, so that a busy client does not read the database each time.</summary>
internal sealed partial class KeyVerifier(Db db, CredentialCache cache, LocalOwner local, TimeProvider clock, ILogger<KeyVerifier> log)
{
    private const long TouchMs = 60_000;

    /// <summary>Null when it is no key in force.</summary>
    public ValueTask<Caller?> Verify(string text, CancellationToken ct) =>
        cache.Find(CredentialKind.Key, text) is { } known ? new(known)
        : ApiKey.Parse(text) is not { } key ? default
        : key.Environment == TaskKeys.Environment ? LookUpTask(text, key, ct)
        : LookUp(text, key, ct);

    private async ValueTask<Caller?> LookUp(string text, ApiKey key, CancellationToken ct)
    {
        var (epoch, now) = (cache.Epoch, clock.NowMs());
        var (stored, caller) = await db.Read(tx =>
        {
            var stored = KeyStore.InForce(tx, key.Id);
            return (stored, stored is null ? null : PrincipalStore.Caller(tx, stored.PrincipalId));
        }, ct);
        var right = CryptographicOperations.FixedTimeEquals(key.SecretHash, stored?.SecretHash ?? new byte[SHA256.HashSizeInBytes]);
        if (stored is null || caller is null || !right || stored.ExpiresMs <= now) { return null; }

        await Touch(key.Id, stored.LastUsedMs, now, ct);
        var verified = caller with { CredentialId = key.Id, Cap = stored.Cap, Workspace = stored.Workspace };
        cache.Keep(CredentialKind.Key, text, verified, stored.ExpiresMs, epoch);
        return verified;
    }

    /// <summary>A key of <see cref="TaskKeys"/>: it does what its principal still may, as contributor of its workspace and nothing beyond, and is known as a program that acts for it.</summary>
    private async ValueTask<Caller?> LookUpTask(string text, ApiKey key, CancellationToken ct)
    {
        var (epoch, now) = (cache.Epoch, clock.NowMs());
        var (stored, owner) = await db.Read(tx =>
        {
            var stored = TaskKeyStore.Find(tx, key.Id);
            return (stored, stored is null ? null : Principals.Now(tx, local, stored.PrincipalId, stored.Workspace));
        }, ct);
        var right = CryptographicOperations.FixedTimeEquals(key.SecretHash, stored?.SecretHash ?? new byte[SHA256.HashSizeInBytes]);
        if (stored is null || owner is null || !right || stored.ExpiresMs <= now || TaskKeys.Narrow(owner, stored.Workspace) is not { } narrow) { return null; }

        var verified = narrow with { CredentialId = key.Id, ActingAs = owner.Id };
        cache.Keep(CredentialKind.Key, text, verified, stored.ExpiresMs, epoch);
        return verified;
    }

    /// <summary>At most once a minute; that it could not be noted is no reason to refuse.</summary>
    private async Task Touch(string id, long? lastUsedMs, long now, CancellationToken ct)
    {
        if (now - lastUsedMs < TouchMs) { return; }

        try { await db.Append(tx => KeyStore.Used(tx, id, now), ct); }
        catch (Exception error) when (error is StorageException or OverloadedException) { NotNoted(id, error); }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The use of key {KeyId} could not be noted")]
    private partial void NotNoted(string keyId, Exception error);
}
