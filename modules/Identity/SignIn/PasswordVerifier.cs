using Microsoft.Extensions.Logging;
using Slipway.Identity.People;
using Slipway.Kernel;

namespace Slipway.Identity.SignIn;

/// <summary>Says who a name and a password are, for the sign-in page and for Basic credentials alike.</summary>
internal sealed partial class PasswordVerifier(Db db, CredentialCache cache, BackOff backOff, ILogger<PasswordVerifier> log) : IDisposable
{
    /// <summary><see cref="Caller.CredentialId"/> of callers who sent their password with the request.</summary>
    public const string CredentialId = "password";

    // Hashing is meant to be slow; it may not take every core from the others, and clients of one person that start together need it once.
    private const int AtOnce = 2;
    private const int MaxWaiting = 200;
    private readonly SemaphoreSlim _gate = new(AtOnce);
    private int _waiting;

    public static Problem Wrong { get; } = Problem.Unauthenticated("The credentials are not valid.");

    /// <returns>The caller; a 401 that does not tell whether the name exists; a 429 when too many attempts failed.</returns>
    /// <exception cref="OverloadedException">Too many passwords wait to be looked at.</exception>
    public async ValueTask<Result<Caller>> Verify(string name, string password, string? address, CancellationToken ct)
    {
        var credential = $"{name}:{password}";
        if (cache.Find(CredentialKind.Password, credential) is { } known) { return known; }

        if (Interlocked.Increment(ref _waiting) > MaxWaiting)
        {
            Interlocked.Decrement(ref _waiting);
            throw new OverloadedException("Too many passwords wait to be checked; try again in a second.");
        }

        try
        {
            await _gate.WaitAsync(ct);
            try { return cache.Find(CredentialKind.Password, credential) ?? await LookUp(name, password, credential, address, ct); }
            finally { _gate.Release(); }
        }
        finally { Interlocked.Decrement(ref _waiting); }
    }

    public void Dispose() => _gate.Dispose();

    private async Task<Result<Caller>> LookUp(string name, string password, string credential, string? address, CancellationToken ct)
    {
        // What cannot be a name is counted for its address alone: it may be anything, and as long.
        var counted = Names.PrincipalFault(name) is null ? name : "";
        if (backOff.SecondsLeft(counted, address) is > 0 and var seconds)
        {
            return new Problem(429, "too_many_attempts", $"Sign-in failed too often; wait {seconds} s, then try again.") { RetryAfterSeconds = seconds };
        }

        var epoch = cache.Epoch;
        var stored = counted.Length == 0 ? null : await db.Read(tx => PasswordStore.Find(tx, name), ct);
        var right = password.Length <= PasswordRule.MaxChars && PasswordHash.Verify(stored?.Hash ?? PasswordHash.OfNobody, password);
        var caller = stored is null || !right ? null : await db.Read(tx => PrincipalStore.Caller(tx, stored.PrincipalId), ct);
        if (caller is null)
        {
            if (backOff.Failed(counted, address)) { await Blocked(stored?.PrincipalId, address, ct); }

            return Wrong;
        }

        backOff.Succeeded(name);
        caller = caller with { CredentialId = CredentialId };
        cache.Keep(CredentialKind.Password, credential, caller, long.MaxValue, epoch);
        return caller;
    }

    /// <summary>Names of strangers are not written down: now and then one is a password in the wrong field.</summary>
    private async Task Blocked(string? principalId, string? address, CancellationToken ct)
    {
        var subject = principalId is null ? $"address/{address}" : $"person/{principalId}";
        Refused(subject);
        await db.Append(tx => tx.Audit(Caller.ForJob("sign-in", "default") with { Address = address }, AuditActions.SignInBlocked, subject), ct);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Sign-in failed often for {Subject}; further attempts must wait")]
    private partial void Refused(string subject);
}
