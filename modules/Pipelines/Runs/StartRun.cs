using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Kernel;
using Slipway.Pipelines.Contracts;
using Slipway.Pipelines.Definitions;
using Slipway.Pipelines.Engine;
using Slipway.Pipelines.Files;
using Slipway.Pipelines.Ports;

namespace Slipway.Pipelines.Runs;

/// <summary>Starts a run of a definition with the files that it names; the answer does not wait for its steps.</summary>
internal sealed class StartRun(Db db, IBlobStore blobs, DefinitionReader definitions, RunSignal signal, IGate gate, LiveHub live, TimeProvider clock)
{
    public static void Map(RouteGroupBuilder runs) => runs
        .MapPost("", async (StartPipelineRunRequest body, Caller caller, StartRun handler, CancellationToken ct) =>
            (await handler.Handle(caller, body, ct)).ToCreated(run => $"{Routes.Native}/w/{caller.Workspace}/pipeline-runs/{run.Id}"))
        .Needs(Permissions.RunsWrite).WithName("StartPipelineRun").WithSummary("Starts a run of a definition with the files that it names.")
        .Produces<PipelineRunView>(201).ProducesProblem(400).ProducesProblem(403);

    public async Task<Result<PipelineRunView>> Handle(Caller caller, StartPipelineRunRequest request, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.RunsWrite) is { } denied) { return denied; }

        if (DefinitionReader.TooLong(request.Definition) is { } tooLong) { return tooLong; }

        var found = new List<PipelineFaultView>();
        if (definitions.Read(request.Definition, found) is not { } definition)
        {
            return Problem.Invalid([.. found.Select(fault => new Fault(fault.Path.Length == 0 ? "definition" : fault.Path, fault.Line is { } line ? $"Line {line}: {fault.Detail}" : fault.Detail))]);
        }

        var (files, force) = (request.Files ?? new Dictionary<string, string>(), request.Force ?? []);
        if (RequestFaults(definition, files, force) is { Count: > 0 } faults) { return Problem.Invalid(faults); }

        var answer = await gate.Ask(caller, Actions.RunStart.Name, $"pipeline/{definition.Name}", new Dictionary<string, string> { ["definition"] = definition.Digest }, ct);
        if (answer.Refusal is { } refusal) { return refusal; }

        var now = clock.NowMs();
        var run = new PipelineRun(
            Ids.New(clock), caller.Workspace, definition.Name, definition.Digest, PipelineRunState.Queued, caller.Id, caller.Name, caller.Cap,
            definition.Files.ToDictionary(name => name, name => files[name], StringComparer.Ordinal), force, now, null, null);
        List<StepRow> steps = [.. definition.Steps.Select((step, i) => new StepRow(i, step.Name, step.Definition.Uses, step.Needs))];
        var stored = new HashSet<string>(StringComparer.Ordinal);
        foreach (var digest in run.Files.Values)
        {
            if (await blobs.Find(digest, ct) is not null) { stored.Add(digest); }
        }

        return await db.Write<Result<PipelineRunView>>(tx =>
        {
            var known = FileStore.Known(tx, caller.Workspace, [.. run.Files.Values]);
            var strange = run.Files.Where(file => !known.Contains(file.Value) || !stored.Contains(file.Value)).ToList();
            if (strange.Count > 0)
            {
                return Problem.Invalid([.. strange.Select(file => new Fault($"files.{file.Key}", $"'{file.Key}' is {file.Value}, which is no file of this workspace; upload it to pipelines/files first."))]);
            }

            RunStore.KeepDefinition(tx, run.Workspace, definition.Digest, definition.Name, definition.Text, now);
            RunStore.Insert(tx, run);
            StepStore.Insert(tx, run.RunId, steps);
            tx.Publish(caller, new PipelineRunStarted(run.Workspace, run.RunId, run.Pipeline, run.DefinitionDigest));
            tx.Audit(caller, Actions.RunStart, $"pipelineRun/{run.RunId}", null, new { run.Pipeline, run.DefinitionDigest, run.Files, run.Force }, policy: answer.Policy);
            tx.AfterCommit(() =>
            {
                live.Send(new LiveChange("pipelineRun", run.Workspace, run.RunId, run.Pipeline));
                signal.Wake();
            });
            return run.ToView(steps);
        }, ct);
    }

    private static List<Fault> RequestFaults(PipelineDefinition definition, IReadOnlyDictionary<string, string> files, IReadOnlyList<string> force)
    {
        var faults = new List<Fault>();
        if (files.Count > Limits.PipelineFiles) { faults.Add(new Fault("files", $"There are {files.Count} files; at most {Limits.PipelineFiles} may come with a run.")); }

        faults.AddRange(definition.Files.Except(files.Keys).Select(name => new Fault($"files.{name}", $"A step reads '{name}', but no such file came with the run; upload it and name it in 'files'.")));
        faults.AddRange(files.Keys.Except(definition.Files).Take(10).Select(name => new Fault("files", $"No step reads '{DefinitionRules.Cut(name)}'; leave it out.")));
        faults.AddRange(files.Where(file => !BlobDigest.IsValid(file.Value)).Take(10).Select(file => new Fault(
            "files", $"'{DefinitionRules.Cut(file.Key)}' is '{DefinitionRules.Cut(file.Value)}'; a digest of 64 lower-case hex digits belongs there.")));
        faults.AddRange(force.Where(name => name != "*" && definition.Steps.All(step => step.Name != name)).Take(10).Select(name => new Fault("force", $"There is no step '{DefinitionRules.Cut(name)}' to be run again.")));
        return faults;
    }
}
