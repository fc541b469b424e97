using System.Net.Http.Json;
using System.Text.Json;
using Slipway.Kernel.Contracts;

namespace Slipway.Client;

/// <summary>The server refused or cannot be reached; the message is meant for people.</summary>
public sealed class SlipwayException(string message) : Exception(message)
{
    /// <summary>The problem as the server gave it; null when there was none.</summary>
    public ProblemView? Problem { get; private init; }

    internal static async Task<SlipwayException> Of(HttpResponseMessage answer, CancellationToken ct)
    {
        try
        {
            var problem = await answer.Content.ReadFromJsonAsync<ProblemView>(WireJson.Options, ct);
            return new SlipwayException($"{problem!.Detail} ({problem.Status} {problem.Code}, request {problem.RequestId})") { Problem = problem };
        }
        catch (JsonException)
        {
            return new SlipwayException($"{answer.RequestMessage?.RequestUri} answered {(int)answer.StatusCode} without saying why; is it a Slipway server?");
        }
    }
}
