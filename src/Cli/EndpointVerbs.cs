using System.CommandLine;
using System.Globalization;
using Slipway.Client;
using Slipway.Kernel.Contracts;
using Slipway.Serving.Contracts;

namespace Slipway.Cli;

/// <summary>Endpoints: what answers, and every change of it.</summary>
internal static class EndpointVerbs
{
    public static IEnumerable<Command> Create() =>
    [
        new Command("endpoint", "Lists endpoints, or shows one with what is deployed under it.") { List(), Detail() },
        Deploy(), Split(), With("promote", "Makes the canary of an endpoint its champion.", "promote"), With("halt", "Freezes the shares under an endpoint.", "halt"),
        With("resume", "Lets a halted rollout go on; a person may.", "resume"), RollBack(), With("kill", "The kill switch: the endpoint answers nothing until two people release it.", "stop"),
        With("release", "Releases the kill switch; the second person's release lets the endpoint answer again.", "release"),
    ];

    private static Argument<string> Name() => new("ENDPOINT") { Description = "Name of the endpoint" };

    private static Option<string> Reason() => new("--reason") { Description = "Why, in a sentence; it stands in the audit log", Required = true };

    private static string Path(string workspace, string name, string rest = "") => $"{workspace}/endpoints/{Uri.EscapeDataString(name)}{rest}";

    private static Command List() => new Command("list", "Lists the endpoints.").InWorkspace(async (parsed, client, workspace, ct) =>
    {
        var endpoints = await client.All<EndpointView>($"{workspace}/endpoints", ct);
        if (parsed.Json(endpoints)) { return 0; }

        if (endpoints.Count == 0) { Terminal.Line("There is no endpoint in this workspace."); }
        else
        {
            TextTable.Print(
                ["ENDPOINT", "MODEL", "STATE", "CHAMPION", "CANARY", "HEALTH", "PREDICTIONS"],
                [.. endpoints.Select(endpoint => (IReadOnlyList<string?>)[
                    endpoint.Name, endpoint.Model, StateOf(endpoint), Of(endpoint, TrafficRole.Champion), Of(endpoint, TrafficRole.Canary), endpoint.Health.Verdict, Show.Count(endpoint.Counts.Predictions)])],
                6);
        }

        return 0;
    });

    private static Command Detail()
    {
        var name = Name();
        return new Command("show", "Shows an endpoint: what is deployed, how much of the traffic it gets, and whether what runs is what was approved.") { name }.InWorkspace(async (parsed, client, workspace, ct) =>
            Print(parsed, await client.Get<EndpointView>(Path(workspace, parsed.GetValue(name)!), ct)));
    }

    private static Command Deploy()
    {
        var (name, version) = (Name(), new Argument<string>("VERSION") { Description = "Number or alias of an approved version" });
        var role = new Option<TrafficRole>("--role") { Description = "champion (default), canary or shadow", DefaultValueFactory = _ => TrafficRole.Champion };
        var share = new Option<double?>("--share") { Description = "Share of a canary, above 0 and below 1" };
        var model = new Option<string?>("--model") { Description = "Makes the endpoint for this model if there is none of the name" };
        var reason = new Option<string?>("--reason") { Description = "For the audit log" };
        return new Command("deploy", "Brings an approved version to work under an endpoint.") { name, version, role, share, model, reason }.InWorkspace(async (parsed, client, workspace, ct) =>
        {
            var endpoint = await FindOrMake(client, workspace, parsed.GetValue(name)!, parsed.GetValue(model), ct);
            var number = await ModelVerbs.Number(client, $"{workspace}/models/{Uri.EscapeDataString(endpoint.Model)}", parsed.GetValue(version)!, ct);
            var request = new DeployRequest(number, parsed.GetValue(role), parsed.GetValue(share), parsed.GetValue(reason));
            return Print(parsed, await client.Post<DeployRequest, EndpointView>(Path(workspace, endpoint.Name, "/deployments"), request, ct));
        });
    }

    private static async Task<EndpointView> FindOrMake(SlipwayClient client, string workspace, string name, string? model, CancellationToken ct)
    {
        try { return await client.Get<EndpointView>(Path(workspace, name), ct); }
        catch (SlipwayException missing) when (missing.Problem?.Status == 404 && model is not null)
        {
            return await client.Post<CreateEndpointRequest, EndpointView>($"{workspace}/endpoints", new CreateEndpointRequest(name, model), ct);
        }
    }

    private static Command Split()
    {
        var (name, share) = (Name(), new Argument<double>("SHARE") { Description = "Of the canary, above 0 and below 1" });
        var reason = new Option<string?>("--reason") { Description = "For the audit log" };
        return new Command("split", "Gives the canary another share of the traffic.") { name, share, reason }.InWorkspace(async (parsed, client, workspace, ct) => Print(
            parsed, await client.Put<SetTrafficRequest, EndpointView>(Path(workspace, parsed.GetValue(name)!, "/traffic"), new SetTrafficRequest(parsed.GetValue(share), parsed.GetValue(reason)), ct)));
    }

    private static Command RollBack()
    {
        var (name, reason) = (Name(), Reason());
        var version = new Option<long?>("--version") { Description = "Only when this version is at work" };
        return new Command("rollback", "Takes the canary out, or without one brings the champion before back.") { name, reason, version }.InWorkspace(async (parsed, client, workspace, ct) => Print(
            parsed, await client.Post<RollBackRequest, EndpointView>(Path(workspace, parsed.GetValue(name)!, "/rollback"), new RollBackRequest(parsed.GetValue(reason)!, parsed.GetValue(version)), ct)));
    }

    private static Command With(string verb, string help, string route)
    {
        var (name, reason) = (Name(), Reason());
        return new Command(verb, help) { name, reason }.InWorkspace(async (parsed, client, workspace, ct) => Print(
            parsed, await client.Post<EndpointReasonRequest, EndpointView>(Path(workspace, parsed.GetValue(name)!, "/" + route), new EndpointReasonRequest(parsed.GetValue(reason)!), ct)));
    }

    private static int Print(ParseResult parsed, EndpointView endpoint)
    {
        if (parsed.Json(endpoint)) { return 0; }

        Terminal.Line($"{endpoint.Name} ({endpoint.Model}): {StateOf(endpoint)}. {endpoint.Health.Detail}");
        foreach (var release in endpoint.Releases ?? []) { Terminal.Line($"Released by {release.By}: {release.Reason} A second person's release is needed."); }

        if (endpoint.Deployments.Count > 0)
        {
            TextTable.Print(
                ["VERSION", "ROLE", "SHARE", "SINCE", "BY", "MODEL", "RUNS AS APPROVED", "PREDICTIONS"],
                [.. endpoint.Deployments.Select(one => (IReadOnlyList<string?>)[
                    $"{one.Version}", one.Role.ToString().ToLowerInvariant(), one.Share.ToString("0.## %", CultureInfo.InvariantCulture), Show.Time(one.SinceMs), one.By, Show.Digest(one.ModelDigest),
                    one.Replicas.Count == 0 ? "unknown" : $"{one.Replicas.Count(replica => replica.Matches)} of {one.Replicas.Count}", Show.Count(one.Predictions)])],
                0, 2, 7);
        }

        Terminal.Line($"{Show.Plural(endpoint.Counts.Requests, "request")} answered, {Show.Count(endpoint.Counts.Refused)} refused, {Show.Count(endpoint.Counts.Failed)} failed.");
        return 0;
    }

    private static string StateOf(EndpointView endpoint) => endpoint.Stopped ? "stopped" : endpoint.Rollout.ToString().ToLowerInvariant();

    private static string Of(EndpointView endpoint, TrafficRole role) => endpoint.Deployments.FirstOrDefault(one => one.Role == role) is { } found
        ? string.Create(CultureInfo.InvariantCulture, $"{found.Version} ({found.Share:0.## %})") : "-";
}
