using Microsoft.AspNetCore.Http;

namespace Slipway.Kernel;

/// <summary>
/// What a client sends so that a request that makes something may be sent again when its answer was lost (draft-ietf-httpapi-idempotency-key-header). The key is kept in the transaction
/// that makes the thing, so there is no moment between the two.
/// </summary>
/// <param name="Value">Chosen by the client, new for each thing it wants made.</param>
/// <param name="Request">SHA-256 of what was asked for.</param>
public sealed record IdempotencyKey(string Value, string Request)
{
    public const string Header = "Idempotency-Key";

    /// <summary>The key of a request; null when it has none.</summary>
    /// <param name="request">What was asked for, any type that serialises as JSON: a key stands for one of these.</param>
    public static Result<IdempotencyKey?> Of(HttpContext context, object request)
    {
        if (!context.Request.Headers.TryGetValue(Header, out var sent)) { return (IdempotencyKey?)null; }

        var value = sent.Count == 1 ? sent[0] ?? "" : "";
        return value.Length is 0 or > Limits.IdempotencyKeyChars || value.Any(c => c is <= ' ' or > '~')
            ? Problem.Invalid(Header, $"{Header} is given once, with 1 to {Limits.IdempotencyKeyChars} visible ASCII characters.")
            : new IdempotencyKey(value, AuditDigest.Of(request)!);
    }
}

/// <summary>The keys of the last day. Asked and kept in the transaction that makes the thing, which must be serialisable.</summary>
public static class IdempotencyStore
{
    /// <summary>How long a key is known: far longer than any client goes on trying.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    /// <summary>The id of what this caller has made under the key; null when there is nothing yet, a 422 when another request was sent under it.</summary>
    public static Result<string?> Made(this ReadTx tx, Caller caller, string action, IdempotencyKey key) => tx.QueryOne(
        $"""
        SELECT request, made FROM kernel_idempotency
        WHERE caller = {caller.Id} AND workspace = {caller.Workspace} AND action = {action} AND key = {key.Value}
        """, row => new Row(row.GetString(0), row.GetString(1))) switch
    {
        null => (string?)null,
        { } known when known.Request == key.Request => known.Id,
        _ => new Problem(422, "idempotency_key_reused", $"{IdempotencyKey.Header} '{key.Value}' was sent before with another request; a new request needs a new key.") { Field = IdempotencyKey.Header },
    };

    /// <summary>Keeps what was made, with the change itself.</summary>
    public static void Keep(this WriteTx tx, Caller caller, string action, IdempotencyKey key, string made) => tx.Execute(
        $"""
        INSERT INTO kernel_idempotency (caller, workspace, action, key, request, made, at_ms)
        VALUES ({caller.Id}, {caller.Workspace}, {action}, {key.Value}, {key.Request}, {made}, {tx.Clock.NowMs()})
        """);

    public static int Forget(WriteTx tx, long beforeMs) => tx.Execute($"DELETE FROM kernel_idempotency WHERE at_ms < {beforeMs}");

    private sealed record Row(string Request, string Id);
}
