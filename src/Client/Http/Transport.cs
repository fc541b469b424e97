using System.Net;
using System.Net.Http.Headers;

namespace Slipway.Client;

/// <summary>Whether a request may be sent again when nobody knows what became of it.</summary>
internal enum Repeat
{
    /// <summary>It would be done twice: only what surely was not taken up is sent again.</summary>
    WhenRefused,

    /// <summary>Twice is as once, by its nature or by its key.</summary>
    Freely,
}

/// <summary>One request as it is sent at each attempt.</summary>
/// <param name="Content">A fresh body per attempt; null = none. Throws <see cref="SlipwayException"/> when it cannot be read from its beginning again.</param>
internal sealed record Call(HttpMethod Method, string Path, Repeat Repeat, Func<HttpContent>? Content = null)
{
    /// <summary>Sent as <c>Idempotency-Key</c>, the same at each attempt.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>Bytes of any length go up or down: the time-out does not count, and the answer's body is not read yet.</summary>
    public bool Transfers { get; init; }

    public RangeHeaderValue? Range { get; init; }
}

/// <summary>Sends requests, again where that helps and does no harm, with growing pauses. Thread safe.</summary>
internal sealed class Transport(HttpClient http, SlipwayClientOptions options)
{
    /// <summary>A successful answer.</summary>
    /// <exception cref="SlipwayException">The server refused or could not be reached, all attempts counted.</exception>
    public async Task<HttpResponseMessage> Send(Call call, CancellationToken ct)
    {
        for (var attempt = 0; ; attempt++)
        {
            var (answer, failure, taken) = await Try(call, ct);
            if (answer is not null) { return answer; }

            if (attempt == options.Retries || (taken && call.Repeat != Repeat.Freely) || Pause(attempt, failure!.RetryAfter) is not { } pause) { throw failure!; }

            await Task.Delay(pause, options.Clock, ct);
        }
    }

    /// <summary>The pause before the next attempt; null when the server asks for more patience than there is.</summary>
    public TimeSpan? Pause(int attempt, TimeSpan? retryAfter)
    {
        if (retryAfter > options.RetryDelayMax) { return null; }

        var longest = Math.Min(options.RetryDelayMax.TotalMilliseconds, options.RetryDelay.TotalMilliseconds * Math.Pow(2, attempt));
#pragma warning disable CA5394 // chance keeps clients apart; it protects nothing
        var jittered = longest * (0.5 + (Random.Shared.NextDouble() / 2));
#pragma warning restore CA5394
        return TimeSpan.FromMilliseconds(Math.Max(jittered, retryAfter?.TotalMilliseconds ?? 0));
    }

    /// <returns>The answer; or what failed with whether the server may have taken the request up. A failure for good is thrown.</returns>
    private async Task<(HttpResponseMessage? Answer, SlipwayException? Failure, bool Taken)> Try(Call call, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(call.Method, call.Path) { Content = call.Content?.Invoke() };
        if (call.IdempotencyKey is { } key) { request.Headers.Add("Idempotency-Key", key); }

        request.Headers.Range = call.Range;
        request.Headers.ExpectContinue = call.Transfers && call.Content is not null;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        if (!call.Transfers) { limit.CancelAfter(options.Timeout); }

        try
        {
            var answer = await http.SendAsync(request, call.Transfers ? HttpCompletionOption.ResponseHeadersRead : HttpCompletionOption.ResponseContentRead, limit.Token);
            if (answer.IsSuccessStatusCode) { return (answer, null, true); }

            using (answer)
            {
                var refusal = await SlipwayException.Of(answer, options.Clock.GetUtcNow(), limit.Token);
                return IsPassing(answer.StatusCode) ? (null, refusal, answer.StatusCode != HttpStatusCode.TooManyRequests) : throw refusal;
            }
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return (null, new SlipwayException($"{http.BaseAddress} did not answer {call.Method} {call.Path} within {options.Timeout.TotalSeconds:0.#} s."), true);
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            var taken = error is not HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError };
            return (null, new SlipwayException($"Nothing answers at {http.BaseAddress} ({error.Message}).", error), taken);
        }
    }

    /// <summary>It may go well the next time: not so when something is not offered (501) or the disk is full (507).</summary>
    private static bool IsPassing(HttpStatusCode status) =>
        status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests || (status >= HttpStatusCode.InternalServerError && (int)status is not (501 or 507));
}
