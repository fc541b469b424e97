using Slipway.Kernel;
using Microsoft.Extensions.DependencyInjection;
using Slipway.Pipelines.Contracts;

namespace Slipway.Pipelines.Tests;

public sealed class ReuseTests
{
    [Theory, EachDatabase]
    public async Task Unchanged_steps_are_reused_and_changed_ones_say_what_has_changed(string database)
    {
        await using var yard = await Yard.Open(database);
        var (one, two) = (await yard.Upload("1"), await yard.Upload("2"));

        var first = await yard.Run(Two("a", "b"), Data(one));
        Assert.All(first.Steps, step => Assert.Equal(new StepReuseView(false, "It has not succeeded in this pipeline before."), step.Reuse));

        var again = await yard.Run(Two("a", "b"), Data(one));
        Assert.Equal(PipelineRunState.Succeeded, again.State);
        Assert.All(again.Steps, step => Assert.Equal((StepState.Reused, 0, new StepReuseView(true, "Nothing it depends on has changed since its last success.", first.Id)), (step.State, step.Attempts, step.Reuse!)));
        Assert.Equal(first.Steps[1].Outputs["out"], again.Steps[1].Outputs["out"]);
        Assert.Equal("b", again.Steps[1].Summary["gave"]);

        var setting = await yard.Run(Two("a", "c"), Data(one));
        Assert.Equal([StepState.Reused, StepState.Succeeded], setting.Steps.Select(step => step.State));
        Assert.Equal(new StepReuseView(false, "Changed since its last success: setting with.give is \"c\", was \"b\".", first.Id), setting.Steps[1].Reuse);

        var file = await yard.Run(Two("a", "c"), Data(two));
        Assert.Equal("Changed since its last success: file data.txt has other content.", file.Steps[0].Reuse!.Reason);
        Assert.Equal(StepState.Reused, file.Steps[1].State); // the other file gave the same output

        var upstream = await yard.Run(Two("z", "c"), Data(two));
        Assert.Equal("Changed since its last success: input x has other content.", upstream.Steps[1].Reuse!.Reason);

        var back = await yard.Run(Two("a", "b"), Data(one));
        Assert.All(back.Steps, step => Assert.Equal((StepState.Reused, "An earlier success had the same inputs, settings, files and code.", first.Id), (step.State, step.Reuse!.Reason, step.Reuse.FromRunId)));
    }

    [Theory, EachDatabase]
    public async Task Another_version_of_the_code_and_a_wish_run_a_step_again(string database)
    {
        await using var yard = await Yard.Open(database);
        const string text = "{ pipeline: p, steps: { a: { uses: scripted }, b: { uses: scripted, in: { x: a.out } } } }";
        await yard.Run(text);

        var forced = await yard.Run(text, force: ["b"]);
        Assert.Equal([StepState.Reused, StepState.Succeeded], forced.Steps.Select(step => step.State));
        Assert.Equal("Whoever started the run asked for it to be run again.", forced.Steps[1].Reuse!.Reason);
        Assert.All((await yard.Run(text, force: ["*"])).Steps, step => Assert.Equal(StepState.Succeeded, step.State));

        yard.Scripted.Version = "2";
        Assert.All((await yard.Run(text)).Steps, step => Assert.Equal("Changed since its last success: the server's code for this kind of step is another.", step.Reuse!.Reason));
    }

    [Theory, EachDatabase]
    public async Task A_result_whose_content_is_gone_and_a_failure_are_not_reused(string database)
    {
        await using var yard = await Yard.Open(database);
        const string text = "{ pipeline: p, steps: { a: { uses: scripted, with: { give: x } }, bad: { uses: scripted, with: { fail: 1 } } } }";
        var first = await yard.Run(text);
        await yard.Server.Services.GetRequiredService<IBlobStore>().Delete(first.Steps[0].Outputs["out"].Digest, default);

        var again = await yard.Run(text);

        Assert.Equal("Nothing has changed, but its earlier output 'out' is no longer stored.", again.Steps[0].Reuse!.Reason);
        Assert.Equal(StepState.Succeeded, again.Steps[0].State);
        Assert.Equal((StepState.Failed, "It has not succeeded in this pipeline before."), (again.Steps[1].State, again.Steps[1].Reuse!.Reason));
    }

    [Theory, EachDatabase]
    public async Task Results_of_another_workspace_and_another_pipeline_are_not_taken(string database)
    {
        await using var yard = await Yard.Open(database);
        await yard.Server.Create<Identity.Contracts.WorkspaceView>("workspaces", new Identity.Contracts.CreateWorkspaceRequest("risk", "Risk"));
        await yard.Run("{ pipeline: p, steps: { a: { uses: scripted } } }");

        var other = await yard.Run("{ pipeline: q, steps: { a: { uses: scripted } } }");
        using var answer = await yard.Server.Http.PostAsync("/api/v1/w/risk/pipeline-runs", Yard.Json("""{"definition":"{ pipeline: p, steps: { a: { uses: scripted } } }"}"""));

        Assert.Equal(StepState.Succeeded, other.Steps[0].State);
        Assert.Equal(201, (int)answer.StatusCode);
        Assert.Equal(3, await Until(() => yard.Scripted.Ran.Count, 3));
    }

    private static async Task<int> Until(Func<int> count, int wanted)
    {
        for (var i = 0; i < 1_000 && count() < wanted; i++) { await Task.Delay(10); }

        return count();
    }

    private static string Two(string first, string second) => $$"""
        pipeline: p
        steps:
          a: { uses: scripted, with: { give: {{first}}, files: [data.txt] } }
          b: { uses: scripted, in: { x: a.out }, with: { give: {{second}} } }
        """;

    private static Dictionary<string, string> Data(string digest) => new() { ["data.txt"] = digest };
}
