using System.Net.Http.Json;
using Slipway.Identity.Contracts;
using Slipway.Identity.Ports;
using Slipway.Kernel.Contracts;
using Slipway.Serving.Contracts;

namespace Slipway.Serving.Tests.Deployments;

/// <summary>What only people may do, by whatever way a program tries.</summary>
public sealed class PeopleTests
{
    private static readonly EndpointReasonRequest Why = new("Somebody asked for it.");

    [Theory, EachDatabase]
    public async Task A_pipelines_step_in_its_starters_name_is_no_person(string database)
    {
        await using var quay = await Quay.Serving(database, 0.5);
        var owner = await quay.Get<IPrincipals>().Find("local-owner", "default", default);
        var key = (await quay.Get<ITaskKeys>().Create(owner!, "pipelineRun/1 step report", TimeSpan.FromMinutes(5), default)).Value;
        using var step = quay.Server.NewClient();
        step.DefaultRequestHeaders.Authorization = new("Bearer", key.Secret);

        await quay.Done<EndpointView>("POST", "endpoints/late/halt", Why, step);
        await Refused(quay, "POST", "endpoints/late/resume", Why, step);
        await Refused(quay, "DELETE", "endpoints/late", null, step);
        await quay.Done<EndpointView>("POST", "endpoints/late/stop", Why, step);
        await Refused(quay, "POST", "endpoints/late/release", Why, step);

        Assert.Empty((await quay.Endpoint()).Releases ?? []);
        Assert.Equal("local-owner", (await Audited(quay, "endpoint.stop")).Single().ActingAs);
    }

    [Theory, EachDatabase]
    public async Task A_halt_is_not_lifted_by_a_program_that_makes_the_endpoint_anew(string database)
    {
        await using var quay = await Quay.Serving(database, 0.5);
        using var program = await quay.Server.Program(Role.Contributor, "default");
        await quay.Done<EndpointView>("POST", "endpoints/late/halt", Why);

        await Refused(quay, "DELETE", "endpoints/late", null, program);

        Assert.Equal(RolloutPhase.Halted, (await quay.Endpoint()).Rollout);
        Assert.Equal(204, (await quay.Native("DELETE", "endpoints/late")).Status);
    }

    [Theory, EachDatabase]
    public async Task A_stop_while_it_is_stopped_takes_back_the_release_that_was_given(string database)
    {
        await using var quay = await Quay.Serving(database, 0.5);
        using var program = await quay.Server.Program(Role.Contributor, "default");
        using var ada = await quay.Person("ada", Role.Approver);
        await quay.Done<EndpointView>("POST", "endpoints/late/stop", Why);
        await quay.Done<EndpointView>("POST", "endpoints/late/release", Why, ada);

        var again = await quay.Done<EndpointView>("POST", "endpoints/late/stop", new EndpointReasonRequest("It is still wrong."), program);
        var third = await quay.Done<EndpointView>("POST", "endpoints/late/stop", new EndpointReasonRequest("Nothing to take back."), program);

        Assert.Equal((true, "It is still wrong.", 0), (again.Stopped, again.Reason, again.Releases?.Count ?? 0));
        Assert.Equal((again.Reason, again.ChangedMs), (third.Reason, third.ChangedMs));
        Assert.Equal(["Somebody asked for it.", "It is still wrong."], (await Audited(quay, "endpoint.stop")).OrderBy(entry => entry.AtMs).Select(entry => entry.Reason));
        Assert.True((await quay.Done<EndpointView>("POST", "endpoints/late/release", Why)).Stopped);
        Assert.Contains("It is still wrong.", (string)(await quay.Infer()).Body["error"]!, StringComparison.Ordinal);
        Assert.False((await quay.Done<EndpointView>("POST", "endpoints/late/release", Why, ada)).Stopped);
    }

    private static async Task<IReadOnlyList<AuditEntryView>> Audited(Quay quay, string action) =>
        (await quay.Server.Http.GetFromJsonAsync<Page<AuditEntryView>>($"/api/v1/audit?action={action}", WireJson.Options))!.Items;

    private static async Task Refused(Quay quay, string method, string path, object? body, HttpClient by)
    {
        var (status, text) = await quay.Native(method, path, body, by);
        Assert.True(status == 403 && text.Contains("is a program", StringComparison.Ordinal), $"{method} {path}: {status} {text}");
    }
}
