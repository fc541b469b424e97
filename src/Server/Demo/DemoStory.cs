using System.Text.Json;
using Slipway.Client;
using Slipway.Datasets.Contracts;
using Slipway.Identity.Contracts;
using Slipway.Kernel;
using Slipway.Kernel.Contracts;
using Slipway.Pipelines.Contracts;
using Slipway.Registry.Contracts;
using static Slipway.Server.DemoTeller;

namespace Slipway.Server;

/// <summary>The stages of a demo, over HTTP as any client would do them; each ends with one line: when, what, result.</summary>
internal sealed class DemoStory(SlipwayClient client, DemoScript script, DemoTeller teller)
{
    public const string Workspace = "default";

    /// <returns>Paths of the pages to look at, with what they show.</returns>
    /// <exception cref="SlipwayException">A stage was refused or failed; the message says which and why.</exception>
    public async Task<IReadOnlyList<(string Page, string Shows)>> Tell(CancellationToken ct)
    {
        var run = await RunPipeline(ct);
        await RunAgain(ct);
        if (script.Refused is { } refused) { await Refuse(refused, ct); }

        var version = await ShowVersion(run, ct);
        if (script.Production is { } production && version is not null) { await Produce(production, version, ct); }

        await VerifyAudit(ct);

        var pages = new List<(string, string)> { ($"/w/{Workspace}/pipeline-runs/{run.Id}", "the pipeline run") };
        if (version is not null) { pages.Insert(0, ($"/w/{Workspace}/models/{Uri.EscapeDataString(version.Model)}/versions/{Number(version.Version)}", "the model version and its card")); }

        return pages;
    }

    /// <summary>Runs a pipeline without its steps being told.</summary>
    /// <returns>The version that it registers.</returns>
    public async Task<long> Register(string pipeline, CancellationToken ct)
    {
        var run = await client.StartPipelineRun(Workspace, script.File(pipeline), null, ct);
        await foreach (var now in client.WatchPipelineRun(Workspace, run.Id, ct)) { run = now; }

        var version = await VersionOf(Succeeded(run), ct) ?? throw new SlipwayException($"{pipeline} registers no version.");
        teller.Say("register", $"{version.Model} version {Number(version.Version)} by {pipeline}: {string.Join(", ", run.Steps.Where(step => step.Uses == "evaluate").SelectMany(step => step.Summary).Select(figure => $"{figure.Key} {figure.Value}"))}");
        return version.Version;
    }

    private async Task Produce(DemoProductionScript production, ModelVersionView version, CancellationToken ct)
    {
        if (production.Owner is { } owner) { await client.Post<CreatePersonRequest, InvitedPersonView>("/api/v1/people", new(owner.Name, owner.DisplayName), ct); }

        var key = await DemoApprovals.Invite(client, production.Approver, ct);
        teller.Say("approver", $"{production.Approver.DisplayName} signs in as {production.Approver.Name}, and by the key {key}");
        using var approver = new SlipwayClient(client.Server, key);
        var approvals = new DemoApprovals(client, approver, production.Approver, teller);
        await new DemoProduction(client, this, approvals, script, teller).Tell(version.Model, version.Version, ct);
    }

    private async Task<PipelineRunView> RunPipeline(CancellationToken ct)
    {
        var run = await client.StartPipelineRun(Workspace, script.File(script.Pipeline), null, ct);
        var told = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var now in client.WatchPipelineRun(Workspace, run.Id, ct))
        {
            run = now;
            foreach (var step in now.Steps.Where(step => step.State is StepState.Succeeded or StepState.Reused or StepState.Failed && told.Add(step.Name)))
            {
                teller.Say(step.Name, step.Problem is { } problem ? $"failed: {problem.Detail}" : string.Join(", ", step.Summary.Select(figure => $"{figure.Key} {figure.Value}")));
            }
        }

        return Succeeded(run);
    }

    private async Task RunAgain(CancellationToken ct)
    {
        var run = await client.StartPipelineRun(Workspace, script.File(script.Pipeline), null, ct);
        await foreach (var now in client.WatchPipelineRun(Workspace, run.Id, ct)) { run = now; }

        Succeeded(run);
        teller.Say("again", $"the same pipeline once more: {Number(run.Steps.Count(step => step.State == StepState.Reused))} of {Number(run.Steps.Count)} steps reused, since nothing they depend on has changed");
    }

    private static PipelineRunView Succeeded(PipelineRunView run) => run.State == PipelineRunState.Succeeded ? run
        : throw new SlipwayException($"The pipeline run {run.Id} ended as {run.State.ToString().ToLowerInvariant()}: {run.Steps.FirstOrDefault(step => step.State == StepState.Failed)?.Problem?.Detail}");

    /// <summary>A file that breaks the contract, which must be refused.</summary>
    private async Task Refuse(DemoRefusal refused, CancellationToken ct)
    {
        var path = $"/api/v1/w/{Workspace}/datasets/{Uri.EscapeDataString(refused.Dataset)}";
        try
        {
            await using var file = File.OpenRead(script.File(refused.File));
            await client.Upload<DatasetVersionView>(HttpMethod.Post, path + "/versions?format=csv", file, "text/csv", ct);
        }
        catch (SlipwayException error) when (error.Problem is { Status: 422, Evidence: { } evidence })
        {
            var broken = evidence.Deserialize<CheckReport>(WireJson.Options)!.Verdicts.Where(verdict => verdict.State == VerdictState.Failed).ToList();
            var dataset = await client.Get<DatasetView>(path, ct);
            teller.Say("refuse", $"{refused.File} breaks {Count(broken.Count, "rule")} of its contract; nothing changed, {refused.Dataset} stays at version {Number(dataset.Latest?.Version ?? 0)}");
            foreach (var verdict in broken)
            {
                teller.Say("", $"! {verdict.Column}, {verdict.Rule}: {verdict.Expectation} {Count(verdict.Count, "row")} {(verdict.Count == 1 ? "breaks" : "break")} it{(verdict.Examples is [{ } first, ..] ? $", row {Number(first.Row)} with {first.Value ?? "nothing"}" : "")}. {verdict.Hint}");
            }

            return;
        }

        throw new SlipwayException($"{refused.File} breaks the contract of {refused.Dataset} and was taken all the same.");
    }

    private async Task<ModelVersionView?> VersionOf(PipelineRunView run, CancellationToken ct)
    {
        var made = run.Steps.SelectMany(step => step.Outputs.Values).FirstOrDefault(value => value.Type == "modelVersion");
        return made?.Facts is { } facts && facts.TryGetValue("model", out var model) && facts.TryGetValue("version", out var number)
            ? await client.Get<ModelVersionView>($"/api/v1/w/{Workspace}/models/{Uri.EscapeDataString(model)}/versions/{number}", ct)
            : null;
    }

    private async Task<ModelVersionView?> ShowVersion(PipelineRunView run, CancellationToken ct)
    {
        if (await VersionOf(run, ct) is not { } version) { return null; }

        teller.Say("version", $"{version.Model} version {Number(version.Version)}: model {Short(version.Digests.Model)}, data {Short(version.Digests.Data)}, code {Short(version.Digests.Code)}, environment {Short(version.Digests.Environment)}; "
            + $"{Count(version.Findings.Count, "finding")}");
        foreach (var finding in version.Findings) { teller.Say("", $"! {finding.Detail}"); }

        return version;
    }

    private async Task VerifyAudit(CancellationToken ct)
    {
        var verdict = await client.Post<object, AuditVerifyView>("/api/v1/audit/verify", new(), ct);
        if (!verdict.Ok) { throw new SlipwayException($"The audit log does not verify: {verdict.Faults[0].Detail}"); }

        teller.Say("audit", $"{Number(verdict.Entries)} entries under {Number(verdict.Checkpoints)} signed checkpoints verified");
    }
}
