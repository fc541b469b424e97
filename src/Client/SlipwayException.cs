using System.Text.Json;
using Slipway.Kernel.Contracts;

namespace Slipway.Client;

/// <summary>The server refused or cannot be reached; the message is meant for people.</summary>
public sealed class SlipwayException(string message) : Exception(message)
{
    /// <summary>The problem as the server gave it; null when there was none.</summary>
    public ProblemView? Problem { get; private init; }

    /// <summary>The HTTP status; null when there was no answer.</summary>
    public int? Status { get; private init; }

    internal static async Task<SlipwayException> Of(HttpResponseMessage answer, CancellationToken ct)
    {
        var text = await answer.Content.ReadAsStringAsync(ct);
        try
        {
            var problem = JsonSerializer.Deserialize<ProblemView>(text, WireJson.Options);
            return new SlipwayException($"{problem!.Detail} ({problem.Status} {problem.Code}, request {problem.RequestId})") { Problem = problem, Status = problem.Status };
        }
        catch (JsonException)
        {
            return new SlipwayException(Foreign(text) is { } said
                ? $"{said} ({(int)answer.StatusCode})"
                : $"{answer.RequestMessage?.RequestUri} answered {(int)answer.StatusCode} without saying why; is it a Slipway server?") { Status = (int)answer.StatusCode };
        }
    }

    /// <summary>What a protocol that is not ours says went wrong; null when it says nothing.</summary>
    private static string? Foreign(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return json.RootElement.ValueKind == JsonValueKind.Object && (json.RootElement.TryGetProperty("message", out var said) || json.RootElement.TryGetProperty("error", out said)) ? said.ToString() : null;
        }
        catch (JsonException) { return null; }
    }
}
