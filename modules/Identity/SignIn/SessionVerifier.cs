using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Slipway.Identity.People;
using Slipway.Kernel;

namespace Slipway.Identity.SignIn;

/// <summary>Says whose session a cookie's token is. A session ends when idle, at its absolute end, at sign-out and with its person.</summary>
internal sealed partial class SessionVerifier(Db db, CredentialCache cache, IOptions<IdentityOptions> options, TimeProvider clock, ILogger<SessionVerifier> log)
{
    private const long TouchMs = 60_000;

    /// <summary>Null when it is no session that goes on.</summary>
    public ValueTask<Caller?> Verify(string token, CancellationToken ct) =>
        cache.Find(CredentialKind.Session, token) is { } known ? new(known) : LookUp(token, ct);

    private async ValueTask<Caller?> LookUp(string token, CancellationToken ct)
    {
        var (epoch, now, hash) = (cache.Epoch, clock.NowMs(), RandomToken.Hash(token));
        var (session, caller) = await db.Read(tx =>
        {
            var session = SessionStore.Find(tx, hash);
            return (session, session is null ? null : PrincipalStore.Caller(tx, session.PrincipalId));
        }, ct);
        if (session is null || caller is null || session.ExpiresMs <= now || now - session.LastSeenMs >= options.Value.SessionIdleMinutes * 60_000L) { return null; }

        await Touch(session, now, ct);
        var verified = caller with { CredentialId = session.Id };
        cache.Keep(CredentialKind.Session, token, verified, session.ExpiresMs, epoch);
        return verified;
    }

    /// <summary>At most once a minute; that it could not be noted is no reason to refuse.</summary>
    private async Task Touch(StoredSession session, long now, CancellationToken ct)
    {
        if (now - session.LastSeenMs < TouchMs) { return; }

        try { await db.Append(tx => SessionStore.Seen(tx, session.Id, now), ct); }
        catch (Exception error) when (error is StorageException or OverloadedException) { NotNoted(session.Id, error); }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The use of session {SessionId} could not be noted")]
    private partial void NotNoted(string sessionId, Exception error);
}
