namespace Slipway.Kernel.Outbound;

/// <summary>One request to an address that a user gave.</summary>
/// <param name="Url">As the user wrote it; checked again before anything is sent.</param>
/// <param name="Body">Null = none. At most <see cref="Limits.OutboundRequestBytes"/>.</param>
/// <param name="MostAnswerBytes">What is read of the answer's body; the rest is left. At most <see cref="Limits.OutboundAnswerBytes"/>.</param>
public sealed record OutboundCall(HttpMethod Method, string Url, byte[]? Body = null, int MostAnswerBytes = Limits.OutboundAnswerBytes)
{
    public string ContentType { get; init; } = "application/json";

    /// <summary>Further headers, by name.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];
}

/// <summary>How a call ended.</summary>
/// <param name="Status">HTTP status; null when there was no answer.</param>
/// <param name="Body">The first bytes of the answer; empty when there was none.</param>
/// <param name="Error">Why there was no answer, one sentence; null when there was one.</param>
/// <param name="TookMs">From the start of the call to its end.</param>
/// <param name="RetryAfterSeconds">As the answer says; null when it does not.</param>
public sealed record OutboundAnswer(int? Status, byte[] Body, string? Error, long TookMs, int? RetryAfterSeconds = null)
{
    /// <summary>The rules refused the address; nothing was sent, and asking again does not help while they stand.</summary>
    public OutboundRefusal? Refusal { get; init; }

    public bool Succeeded => Status is >= 200 and < 300;
}
