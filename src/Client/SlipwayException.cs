using System.Text;
using System.Text.Json;
using Slipway.Kernel.Contracts;

namespace Slipway.Client;

/// <summary>The server refused or cannot be reached; the message is meant for people.</summary>
public class SlipwayException : Exception
{
    /// <summary>With a message for people.</summary>
    public SlipwayException(string message)
        : base(message)
    {
    }

    /// <summary>With a message for people, and what it came from.</summary>
    public SlipwayException(string message, Exception? inner)
        : base(message, inner)
    {
    }

    /// <summary>The problem as the server gave it; null when there was none.</summary>
    public ProblemView? Problem { get; private init; }

    /// <summary>The HTTP status; null when there was no answer.</summary>
    public int? Status { get; private init; }

    /// <summary>The stable code of the problem, such as <c>not_found</c>, or of the MLflow protocol, such as <c>RESOURCE_DOES_NOT_EXIST</c>; null when there was none.</summary>
    public string? Code { get; private init; }

    /// <summary>How long the server asks to wait before the next attempt; null when it does not say.</summary>
    internal TimeSpan? RetryAfter { get; private init; }

    internal static async Task<SlipwayException> Of(HttpResponseMessage answer, DateTimeOffset now, CancellationToken ct)
    {
        var text = await Text(answer.Content, ct);
        var (status, wait) = ((int)answer.StatusCode, answer.Headers.RetryAfter?.Delta ?? (answer.Headers.RetryAfter?.Date - now));
        try
        {
            if (JsonSerializer.Deserialize<ProblemView>(text, ClientJson.Native) is { } problem)
            {
                return new SlipwayException($"{problem.Detail} ({problem.Status} {problem.Code}, request {problem.RequestId})") { Problem = problem, Status = problem.Status, Code = problem.Code, RetryAfter = wait };
            }
        }
        catch (JsonException) { /* it is not ours */ }

        return Foreign(text) is var (code, said)
            ? new SlipwayException($"{said} ({status})") { Status = status, Code = code, RetryAfter = wait }
            : new SlipwayException($"{answer.RequestMessage?.RequestUri} answered {status} without saying why; is this the address of the server?") { Status = status, RetryAfter = wait };
    }

    private static async Task<string> Text(HttpContent content, CancellationToken ct)
    {
        try { return await content.ReadAsStringAsync(ct); }
        catch (InvalidOperationException) { return Encoding.UTF8.GetString(await content.ReadAsByteArrayAsync(ct)); /* it names a charset that nobody knows */ }
    }

    /// <summary>What a protocol that is not ours says went wrong; null when it says nothing.</summary>
    private static (string? Code, string Said)? Foreign(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return json.RootElement.ValueKind == JsonValueKind.Object && (json.RootElement.TryGetProperty("message", out var said) || json.RootElement.TryGetProperty("error", out said))
                ? (json.RootElement.TryGetProperty("error_code", out var code) ? code.ToString() : null, said.ToString())
                : null;
        }
        catch (JsonException) { return text.Length is > 0 and < 500 && !text.StartsWith('<') ? (null, text) : null; }
    }
}
