using System.Buffers;
using System.Diagnostics;
using Slipway.Kernel;
using Slipway.Serving.Check;
using Slipway.Serving.Endpoints;
using Slipway.Serving.Live;
using Slipway.Serving.Log;
using Slipway.Serving.Ports;

namespace Slipway.Serving.Predict;

/// <summary>Answers a request that was read: which version each row gets, whether its input is right, the scores, the log. Reads no database. Thread safe.</summary>
internal sealed class Predictor(LiveEndpoints live, InputCheck check, ShadowRunner shadows, TimeProvider clock)
{
    /// <summary>The endpoint, if it may answer now: the kill switch is asked before anything of the request is looked at.</summary>
    public Result<LiveEndpoint> Find(Caller caller, string name) => Answering(live.Find(caller, name), name);

    /// <param name="version">The version that the client names, champion or canary; null = by the split.</param>
    /// <param name="requestId">32 hex digits; without a unit it stands for one.</param>
    public async ValueTask<Result<PredictionAnswer>> Answer(LiveEndpoint endpoint, PredictionRequest request, long? version, string requestId, CancellationToken ct)
    {
        var began = Stopwatch.GetTimestamp();
        // A body may take long to arrive, and the switch may have been thrown or a version taken out meanwhile.
        if (Answering(live.Find(endpoint.Workspace, endpoint.Name), endpoint.Name).Fails(out var problem, out var now)) { return problem; }

        if (Plan(endpoint, request, version, requestId).Fails(out problem, out var plan)) { return problem; }

        foreach (var (deployment, rows) in plan)
        {
            if (!AnswersIn(now, deployment)) { return Left(endpoint, deployment); }

            if (deployment.Model is not { } model) { return deployment.Fault!; }

            if (deployment.Log?.Closed is { } closed) { return closed; }

            if (check.Fault(model, request, rows) is { } fault) { return fault; }
        }

        Mark(request, Phase.Check, ref began);
        var parts = new ScoredPart[plan.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            var (deployment, rows) = plan[i];
            if (ModelRun.Run(deployment.Model!, request, rows).Fails(out problem, out var scored)) { return problem; }

            parts[i] = new ScoredPart(deployment, rows, scored.Outputs, scored.Scores);
        }

        Mark(request, Phase.Infer, ref began);
        ct.ThrowIfCancellationRequested();
        var answer = PredictionAnswer.Of(requestId, request.Rows, parts);
        foreach (var part in parts)
        {
            if (await Log(part, request, requestId, clock.NowMs()) is { } unlogged) { return unlogged; }
        }

        Mark(request, Phase.Write, ref began);
        return answer;
    }

    /// <summary>After the answer is sent: counts it, gives the request to the shadows if there are any, and its memory back.</summary>
    public void Finish(LiveEndpoint endpoint, PredictionRequest request, PredictionAnswer answer)
    {
        endpoint.Counts.Answered(answer.Rows, request.Ticks);
        foreach (var part in answer.Parts) { part.Deployment.Count(part.Scores.Length); }

        if (endpoint.Shadows.Count == 0 || !shadows.Take(endpoint, request, answer.RequestId)) { request.Set.Return(request); }
    }

    /// <summary>A request got a reason instead of an answer.</summary>
    public void Refuse(LiveEndpoint endpoint, Problem problem) => endpoint.Counts.NotAnswered(problem, clock.NowMs());

    public static void Mark(PredictionRequest request, Phase phase, ref long began)
    {
        var now = Stopwatch.GetTimestamp();
        request.Ticks[(int)phase] += now - began;
        began = now;
    }

    /// <summary>Logs the rows that one version scored.</summary>
    public static ValueTask<Problem?> Log(ScoredPart part, PredictionRequest request, string requestId, long nowMs)
    {
        var (deployment, model, count) = (part.Deployment, part.Deployment.Model!, part.Scores.Length);
        var numbers = ArrayPool<double>.Shared.Rent(count * model.NumberFields);
        var texts = ArrayPool<string?>.Shared.Rent(count * model.TextFields);
        var words = ArrayPool<string?>.Shared.Rent(2 * count);
        try
        {
            Gather(model, request, part.Rows, count, numbers, texts);
            for (var i = 0; i < count; i++) { (words[i], words[count + i]) = (request.UnitOf(part.Rows?[i] ?? i), deployment.Decide(part.Scores[i])); }

            return deployment.Log!.Append(new LoggedRows
            {
                RequestId = requestId, AtMs = nowMs, Role = deployment.Row.Role, Count = count, RowNumbers = part.Rows, Units = words.AsSpan(0, count),
                Numbers = numbers.AsSpan(0, count * model.NumberFields), Texts = texts.AsSpan(0, count * model.TextFields), Scores = part.Scores, Decisions = words.AsSpan(count, count),
            });
        }
        finally
        {
            ArrayPool<double>.Shared.Return(numbers);
            ArrayPool<string?>.Shared.Return(texts, clearArray: true);
            ArrayPool<string?>.Shared.Return(words, clearArray: true);
        }
    }

    private Result<LiveEndpoint> Answering(LiveEndpoint? found, string name)
    {
        if (!live.IsReady) { return new Problem(503, "starting", "The server is starting and does not know yet what may answer; try again in a moment.") { RetryAfterSeconds = 1 }; }

        if (found is not { } endpoint) { return EndpointFaults.NotFound(name); }

        if (endpoint.Stopped) { return new Problem(503, "endpoint_stopped", $"Endpoint '{name}' is stopped: {endpoint.Reason}"); }

        return endpoint.Champion is null ? new Problem(503, "nothing_deployed", $"No version is deployed under endpoint '{name}', so nothing answers.") : endpoint;
    }

    /// <summary>Row after row, as the log keeps them.</summary>
    private static void Gather(LoadedModel model, PredictionRequest request, int[]? rows, int count, double[] numbers, string?[] texts)
    {
        var (number, text, places) = (0, 0, request.Set.PlacesOf(model));
        for (var place = 0; place < places.Length; place++)
        {
            var (input, column) = (model.Inputs[place], request.Columns[places[place]]);
            for (var i = 0; i < count; i++)
            {
                var from = (rows?[i] ?? i) * input.Width;
                if (input.IsNumber) { column.Numbers.Span.Slice(from, input.Width).CopyTo(numbers.AsSpan((i * model.NumberFields) + number)); }
                else { column.Texts.Span.Slice(from, input.Width).CopyTo(texts.AsSpan((i * model.TextFields) + text)); }
            }

            number += input.IsNumber ? input.Width : 0;
            text += input.IsNumber ? 0 : input.Width;
        }
    }

    /// <summary>Which version gets which rows.</summary>
    private static Result<(LiveDeployment Deployment, int[]? Rows)[]> Plan(LiveEndpoint endpoint, PredictionRequest request, long? version, string requestId)
    {
        if (version is { } wanted)
        {
            return endpoint.Champion?.Row.Version == wanted ? All(endpoint.Champion)
                : endpoint.Canary?.Row.Version == wanted ? All(endpoint.Canary)
                : Problem.NotFound("version", $"{endpoint.Name}/{wanted}");
        }

        if (request.Units is null || endpoint.Canary is null) { return All(endpoint.For(request.Unit ?? requestId)!); }

        var groups = Enumerable.Range(0, request.Rows).GroupBy(row => endpoint.For(request.UnitOf(row) ?? requestId)!).Select(group => (group.Key, (int[]?)[.. group])).ToArray();
        return groups.Length == 1 ? All(groups[0].Key) : groups;
    }

    /// <summary>A version that was taken out while the body arrived answers no more; another share of it changes nothing.</summary>
    private static bool AnswersIn(LiveEndpoint now, LiveDeployment planned) => now.Champion?.Row.Id == planned.Row.Id || now.Canary?.Row.Id == planned.Row.Id;

    private static Problem Left(LiveEndpoint endpoint, LiveDeployment planned) => new(
        503, "deployment_changed", $"Version {planned.Row.Version} under endpoint '{endpoint.Name}' was promoted, replaced or taken out while the request arrived; send it again.") { RetryAfterSeconds = 1 };

    private static (LiveDeployment Deployment, int[]? Rows)[] All(LiveDeployment deployment) => [(deployment, null)];
}
