using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Slipway.Identity.Contracts;
using Slipway.Kernel;
using Slipway.Serving.Contracts;
using Slipway.Serving.Ports;

namespace Slipway.Serving.Tests.Deployments;

public sealed class RolloutTests
{
    private static readonly EndpointReasonRequest Why = new("Somebody asked for it.");

    [Theory, EachDatabase]
    public async Task Nothing_is_deployed_without_an_approval_in_force(string database)
    {
        await using var quay = await Quay.Open(database, 0.5);
        await quay.Done<EndpointView>("POST", "endpoints", new CreateEndpointRequest("late", Line.Model));

        var (status, body) = await quay.Native("POST", "endpoints/late/deployments", new DeployRequest(1, TrafficRole.Champion));

        Assert.Equal((409, true), (status, body.Contains("late-payers version 1 has no approval in force: The purpose has changed.", StringComparison.Ordinal)));
        Assert.Equal(503, (await quay.Infer()).Status);
        Assert.Empty((await quay.Endpoint()).Deployments);
        Assert.Equal(404, (await quay.Native("POST", "endpoints/late/deployments", new DeployRequest(7, TrafficRole.Champion))).Status);
        Assert.Equal(409, (await quay.Native("POST", "endpoints", new CreateEndpointRequest("late", Line.Model))).Status);
        Assert.Equal(400, (await quay.Native("POST", "endpoints", new CreateEndpointRequest("no/slash", Line.Model))).Status);
        Assert.Equal(204, (await quay.Native("DELETE", "endpoints/late")).Status);
        Assert.Equal(404, (await quay.Infer()).Status);
    }

    [Theory, EachDatabase]
    public async Task A_version_whose_files_are_elsewhere_does_not_serve_whoever_approved_it(string database)
    {
        await using var quay = await Quay.Open(database, 0.5);
        using var registered = await quay.Server.Http.PostAsync(
            "/api/2.0/mlflow/model-versions/create", new StringContent($$"""{"name":"{{Line.Model}}","source":"s3://bucket/model.onnx"}""", System.Text.Encoding.UTF8, "application/json"));
        Assert.Equal(200, (int)registered.StatusCode);
        quay.Approvals.Approve(Line.Model, 2);
        await quay.Done<EndpointView>("POST", "endpoints", new CreateEndpointRequest("late", Line.Model));

        foreach (var role in (TrafficRole[])[TrafficRole.Champion, TrafficRole.Shadow])
        {
            var (status, body) = await quay.Native("POST", "endpoints/late/deployments", new DeployRequest(2, role));

            Assert.Equal(422, status);
            Assert.Contains("late-payers version 2 cannot serve. Its files are at s3://bucket/model.onnx, outside this server", body, StringComparison.Ordinal);
        }

        Assert.Empty((await quay.Endpoint()).Deployments);
    }

    [Theory, EachDatabase]
    public async Task A_canary_gets_its_share_is_widened_without_flips_promoted_and_rolled_back(string database)
    {
        await using var quay = await Quay.Serving(database, 0.5, 0.4);
        var units = Enumerable.Range(0, 60).Select(unit => $"unit-{unit}").ToList();
        Assert.Equal(409, (await quay.Native("PUT", "endpoints/late/traffic", new SetTrafficRequest(0.5))).Status);

        var canary = await quay.Done<EndpointView>("POST", "endpoints/late/deployments", new DeployRequest(2, TrafficRole.Canary, 0.2));
        Assert.Equal((RolloutPhase.Canary, 0.8, 0.2), (canary.Rollout, canary.Deployments[0].Share, canary.Deployments[1].Share));
        var first = await Versions(quay, units);
        await quay.Done<EndpointView>("PUT", "endpoints/late/traffic", new SetTrafficRequest(0.6));
        var second = await Versions(quay, units);

        Assert.InRange(first.Count(version => version == "2"), 3, 25);
        Assert.InRange(second.Count(version => version == "2"), 20, 52);
        Assert.DoesNotContain(first.Zip(second), pair => pair is ("2", "1"));
        Assert.Equal(second, await Versions(quay, units));
        await Mixed(quay, units, second);

        var promoted = await quay.Done<EndpointView>("POST", "endpoints/late/promote", Why);
        Assert.Equal((RolloutPhase.Steady, 2L, 1.0), (promoted.Rollout, promoted.Deployments.Single().Version, promoted.Deployments[0].Share));
        Assert.Equal("2", await quay.VersionFor(units[0]));
        var back = await quay.Done<EndpointView>("POST", "endpoints/late/rollback", new RollBackRequest("Worse."));
        Assert.Equal((1L, "Worse."), (back.Deployments.Single().Version, back.Reason));
        var again = await quay.Done<EndpointView>("POST", "endpoints/late/rollback", new RollBackRequest("Worse."));
        Assert.Equal((1L, back.ChangedMs), (again.Deployments.Single().Version, again.ChangedMs));
        await quay.Done<EndpointView>("POST", "endpoints/late/rollback", new RollBackRequest("Gone.", 2));
        Assert.Equal("1", await quay.VersionFor(units[0]));
        Assert.Equal(
            ["endpoint.create", "endpoint.deploy", "endpoint.deploy", "endpoint.traffic", "endpoint.promote", "endpoint.rollback"],
            await quay.Texts("SELECT action FROM kernel_audit_entries WHERE action LIKE 'endpoint.%' ORDER BY entry_id LIMIT 100"));
        Assert.Single(await quay.Texts("SELECT kind FROM kernel_facts WHERE kind = 'rollout.rolledBack' LIMIT 10"));
        Assert.Equal(5, (await quay.Texts("SELECT kind FROM kernel_facts WHERE kind = 'endpoint.trafficChanged' LIMIT 10")).Count);
    }

    [Theory, EachDatabase]
    public async Task A_halted_rollout_is_not_widened_until_a_person_resumes(string database)
    {
        await using var quay = await Quay.Serving(database, 0.5, 0.4, 0.3);
        await quay.Done<EndpointView>("POST", "endpoints/late/deployments", new DeployRequest(2, TrafficRole.Canary, 0.2));

        Assert.Equal(RolloutPhase.Halted, (await quay.Done<EndpointView>("POST", "endpoints/late/halt", Why)).Rollout);

        Assert.Equal("attention", (await quay.Endpoint()).Health.Verdict);
        foreach (var (method, path, body) in ((string, string, object)[])
        [
            ("PUT", "traffic", new SetTrafficRequest(0.3)), ("POST", "promote", Why), ("POST", "deployments", new DeployRequest(3, TrafficRole.Champion)), ("POST", "deployments", new DeployRequest(3, TrafficRole.Canary, 0.1)),
        ])
        {
            Assert.Equal((path, 409), (path, (await quay.Native(method, "endpoints/late/" + path, body)).Status));
        }

        await quay.Done<EndpointView>("PUT", "endpoints/late/traffic", new SetTrafficRequest(0.1));
        using var program = await quay.Server.Program(Role.Contributor, "default");
        Assert.Equal(403, (await quay.Native("POST", "endpoints/late/resume", Why, program)).Status);
        quay.Approvals.Void(Line.Model, 2);
        Assert.NotEqual(200, (await quay.Native("POST", "endpoints/late/resume", Why)).Status);
        await Quay.Until(async () => (await quay.Endpoint()).Deployments.Count == 1);
        Assert.Equal(RolloutPhase.Steady, (await quay.Done<EndpointView>("POST", "endpoints/late/resume", Why)).Rollout);
    }

    [Theory, EachDatabase]
    public async Task A_stopped_endpoint_answers_nothing_until_two_people_release_it(string database)
    {
        await using var quay = await Quay.Serving(database, 0.5);
        using var program = await quay.Server.Program(Role.Admin, "default");
        using var ada = await quay.Person("ada", Role.Approver);

        var stopped = await quay.Done<EndpointView>("POST", "endpoints/late/stop", new EndpointReasonRequest("Denies everybody."), program);

        Assert.True(stopped.Stopped);
        var (status, body) = await quay.Infer();
        Assert.Equal((503, "Endpoint 'late' is stopped: Denies everybody."), (status, (string)body["error"]!));
        Assert.Equal(503, (int)(await quay.Server.Http.GetAsync(new Uri("/v2/models/late/ready", UriKind.Relative))).StatusCode);
        Assert.Equal(409, (await quay.Native("DELETE", "endpoints/late")).Status);
        Assert.Equal(403, (await quay.Native("POST", "endpoints/late/release", Why, program)).Status);
        var one = await quay.Done<EndpointView>("POST", "endpoints/late/release", Why, ada);
        Assert.Equal((true, "ada"), (one.Stopped, one.Releases!.Single().By));
        Assert.True((await quay.Done<EndpointView>("POST", "endpoints/late/release", Why, ada)).Stopped);
        Assert.Equal(503, (await quay.Infer()).Status);
        Assert.False((await quay.Done<EndpointView>("POST", "endpoints/late/release", Why)).Stopped);
        Assert.Equal(200, (await quay.Infer()).Status);
        Assert.Single(await quay.Texts("SELECT kind FROM kernel_facts WHERE kind = 'endpoint.released' LIMIT 10"));

        // The next stop begins anew: what was released before does not count.
        await quay.Done<EndpointView>("POST", "endpoints/late/stop", Why);
        Assert.True((await quay.Done<EndpointView>("POST", "endpoints/late/release", Why, ada)).Stopped);
    }

    [Theory, EachDatabase]
    public async Task What_loses_its_approval_is_taken_out_and_with_the_champion_the_endpoint_stops(string database)
    {
        await using var quay = await Quay.Serving(database, 0.5, 0.4, 0.3);
        await quay.Done<EndpointView>("POST", "endpoints/late/deployments", new DeployRequest(2, TrafficRole.Canary, 0.5));
        await quay.Done<EndpointView>("POST", "endpoints/late/deployments", new DeployRequest(3, TrafficRole.Shadow));

        quay.Approvals.Void(Line.Model, 2);
        quay.Approvals.Void(Line.Model, 3);
        await Quay.Until(async () => (await quay.Endpoint()).Deployments.Count == 1);
        Assert.Equal(200, (await quay.Infer()).Status);
        quay.Approvals.Void(Line.Model, 1);
        await Quay.Until(async () => (await quay.Infer()).Status == 503);

        var endpoint = await quay.Endpoint();
        Assert.Equal((true, "The approval of late-payers version 1 is no longer in force: The purpose has changed."), (endpoint.Stopped, endpoint.Reason));

        // The way back: another approved champion, then two people.
        quay.Approvals.Approve(Line.Model, 2);
        await quay.Done<EndpointView>("POST", "endpoints/late/deployments", new DeployRequest(2, TrafficRole.Champion));
        Assert.Equal(503, (await quay.Infer()).Status);
        using var ada = await quay.Person("ada", Role.Approver);
        await quay.Done<EndpointView>("POST", "endpoints/late/release", Why, ada);
        await quay.Done<EndpointView>("POST", "endpoints/late/release", Why);
        Assert.Equal("2", await quay.VersionFor("a"));

        // What is not approved does not come back with the endpoint.
        quay.Approvals.Void(Line.Model, 2);
        await Quay.Until(async () => (await quay.Endpoint()).Stopped);
        await quay.Done<EndpointView>("POST", "endpoints/late/release", Why, ada);
        var empty = await quay.Done<EndpointView>("POST", "endpoints/late/release", Why);
        Assert.Equal((false, 0), (empty.Stopped, empty.Deployments.Count));
        Assert.Contains("No version is deployed", (string)(await quay.Infer()).Body["error"]!, StringComparison.Ordinal);
        Assert.Equal(204, (await quay.Native("DELETE", "endpoints/late")).Status);
    }

    [Theory, EachDatabase]
    public async Task An_endpoint_follows_its_model_to_another_name(string database)
    {
        await using var quay = await Quay.Serving(database, 0.5);
        quay.Approvals.Approve("slow-payers", 1);

        using var answer = await quay.Server.Http.PostAsync("/api/2.0/mlflow/registered-models/rename", System.Net.Http.Json.JsonContent.Create(new { name = Line.Model, new_name = "slow-payers" }));

        Assert.Equal(200, (int)answer.StatusCode);
        await Quay.Until(async () => (await quay.Endpoint()).Model == "slow-payers");
        Assert.Equal(200, (await quay.Infer()).Status);
    }

    [Theory, EachDatabase]
    public async Task A_shadow_predicts_beside_and_its_answers_are_only_kept(string database)
    {
        await using var quay = await Quay.Serving(database, 0.5, 0.4);
        await quay.Done<EndpointView>("POST", "endpoints/late/deployments", new DeployRequest(2, TrafficRole.Shadow));

        Assert.Equal("1", await quay.VersionFor("a"));

        var kept = await quay.Kept(2);
        Assert.Equal([(1L, TrafficRole.Champion), (2L, TrafficRole.Shadow)], kept.Select(one => (one.Version, one.Role)).Order());
        Assert.Single(kept.Select(one => one.Id).Distinct());
    }

    [Theory, EachDatabase]
    public async Task Another_room_halts_rolls_back_and_stops_by_the_port(string database)
    {
        await using var quay = await Quay.Serving(database, 0.5, 0.4);
        await quay.Done<EndpointView>("POST", "endpoints/late/deployments", new DeployRequest(2, TrafficRole.Canary, 0.5));
        var (port, job) = (quay.Server.Services.GetRequiredService<IEndpoints>(), Caller.ForJob("monitoring", "default"));

        Assert.Equal(RolloutState.Halted, (await port.Halt(job, "late", "Drift.", default)).Value.Rollout);
        var back = (await port.RollBack(job, "late", 2, "Denies too much.", default)).Value;
        Assert.Equal([1L], back.Deployments.Select(deployment => deployment.Version));
        Assert.Equal(back.ChangedMs, (await port.RollBack(job, "late", 2, "Denies too much.", default)).Value.ChangedMs);
        Assert.True((await port.Stop(job, "late", "Everything is wrong.", default)).Value.Stopped);
        Assert.Equal(503, (await quay.Infer()).Status);
        Assert.Equal(404, (await port.Stop(job, "early", "x", default)).Problem!.Status);
        Assert.Equal("late", (await quay.Server.Db.Read(tx => port.List(tx, job), default)).Single().Endpoint);
        Assert.Null(await quay.Server.Db.Read(tx => port.FindForServer(tx, "risk", "late"), default));
    }

    [Theory, EachDatabase]
    public async Task Two_champions_that_break_do_not_take_turns(string database)
    {
        await using var quay = await Quay.Serving(database, 0.5, 0.4, 0.3);
        foreach (var version in (long[])[2, 3]) { await Champion(quay, version); }

        // Each breaks in turn: 3 goes back to 2, 2 to 1, and there it ends, although both have been replaced without fault before.
        Assert.Equal([2L], await Break(quay, 3));
        Assert.Equal([1L], await Break(quay, 2));
        Assert.Null(await Break(quay, 1));
        Assert.Equal("1", await quay.VersionFor("a"));
        var (status, body) = await quay.Native("POST", "endpoints/late/rollback", new RollBackRequest("Worse.", 1));
        Assert.Equal((409, true), (status, body.Contains("that was not rolled back itself", StringComparison.Ordinal)));

        // A person who deploys 2 again means it, so it may be gone back to again: once.
        await Champion(quay, 2);
        await Champion(quay, 3);
        Assert.Equal([2L], await Break(quay, 3));
        Assert.Equal([1L], await Break(quay, 2));
        Assert.Null(await Break(quay, 1));
    }

    [Theory, EachDatabase]
    public async Task A_version_that_was_rolled_back_as_a_canary_is_not_gone_back_to(string database)
    {
        await using var quay = await Quay.Serving(database, 0.5, 0.4);
        await Champion(quay, 2);
        await quay.Done<EndpointView>("POST", "endpoints/late/deployments", new DeployRequest(1, TrafficRole.Canary, 0.5));

        Assert.Equal([2L], await Break(quay, 1));
        Assert.Null(await Break(quay, 2));
    }

    private static Task<EndpointView> Champion(Quay quay, long version) => quay.Done<EndpointView>("POST", "endpoints/late/deployments", new DeployRequest(version, TrafficRole.Champion));

    /// <summary>As a monitor rolls back: the versions at work afterwards, or null when there is nothing to go back to.</summary>
    private static async Task<IEnumerable<long>?> Break(Quay quay, long version)
    {
        var back = await quay.Get<IEndpoints>().RollBack(Caller.ForJob("monitoring", "default"), "late", version, "It left its band.", default);
        Assert.True(back.Problem is null or { Status: 409, Code: "nothing_before" }, back.Problem?.Detail);
        return back.Problem is null ? back.Value.Deployments.Select(deployment => deployment.Version) : null;
    }

    private static async Task<List<string>> Versions(Quay quay, List<string> units)
    {
        var versions = new List<string>();
        foreach (var unit in units) { versions.Add(await quay.VersionFor(unit)); }

        return versions;
    }

    /// <summary>Rows of several units in one request get the versions that they get alone.</summary>
    private static async Task Mixed(Quay quay, List<string> units, List<string> expected)
    {
        static string Of<T>(string name, string type, IEnumerable<T> data, int rows) => $$"""{"name":"{{name}}","shape":[{{rows}}],"datatype":"{{type}}","data":{{System.Text.Json.JsonSerializer.Serialize(data)}}}""";
        var rows = units.Count;

        var (status, body) = await quay.Infer(
            $$"""
            {"inputs":[{{Of("amount", "FP64", units.Select((_, row) => row), rows)}},{{Of("days", "INT64", units.Select((_, row) => row), rows)}},{{Of("known", "BYTES", units.Select(_ => "no"), rows)}},{{Of("unit_id", "BYTES", units, rows)}}],
             "outputs":[{"name":"model_version"},{"name":"probability"}]}
            """);

        Assert.True(status == 200, body.ToJsonString());
        var outputs = body["outputs"]!.AsArray().ToDictionary(output => (string)output!["name"]!, output => output!["data"]!.AsArray());
        Assert.Equal(expected, outputs["model_version"].Select(version => (string)version!));
        Assert.Null(body["model_version"]);

        // Longer waits are later payers, whichever version says so: the rows are in their order.
        Assert.True((double)outputs["probability"][59]! > (double)outputs["probability"][0]!);
    }
}
