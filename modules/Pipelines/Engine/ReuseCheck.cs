using Slipway.Kernel;
using Slipway.Pipelines.Contracts;
using Slipway.Pipelines.Definitions;
using Slipway.Pipelines.Runs;

namespace Slipway.Pipelines.Engine;

/// <summary>Whether an earlier result of a step can be taken, and in words why or why not.</summary>
internal sealed class ReuseCheck(Db db, IBlobStore blobs)
{
    public async Task<ReuseDecision> Decide(PipelineRun run, PipelineStep step, SortedDictionary<string, string> ingredients, CancellationToken ct)
    {
        var (same, latest) = await db.Read(tx => (
            ResultStore.Find(tx, run.Workspace, run.Pipeline, step.Name, Ingredients.Key(ingredients)), ResultStore.Latest(tx, run.Workspace, run.Pipeline, step.Name)), ct);
        if (latest is null) { return No("It has not succeeded in this pipeline before.", null); }

        if (run.Forces(step.Name)) { return No("Whoever started the run asked for it to be run again.", latest.RunId); }

        if (same is null) { return No($"Changed since its last success: {Ingredients.Changes(latest.Ingredients, ingredients) ?? "nothing that is known"}.", latest.RunId); }

        foreach (var (name, output) in same.Outputs)
        {
            if (await blobs.Find(output.Digest, ct) is null) { return No($"Nothing has changed, but its earlier output '{name}' is no longer stored.", same.RunId); }
        }

        if (await step.Kind.Gone(run.Workspace, same.Outputs, ct) is { } away) { return No($"Nothing has changed, but {away} is no longer there.", same.RunId); }

        return new ReuseDecision(
            new StepReuseView(true, same.RunId == latest.RunId
                ? "Nothing it depends on has changed since its last success."
                : "An earlier success had the same inputs, settings, files and code.", same.RunId), same);
    }

    private static ReuseDecision No(string reason, string? fromRunId) => new(new StepReuseView(false, reason, fromRunId), null);
}

/// <param name="Result">The earlier result; null = the step is run.</param>
internal sealed record ReuseDecision(StepReuseView View, StepResult? Result);
