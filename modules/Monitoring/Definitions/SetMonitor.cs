using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Kernel;
using Slipway.Monitoring.Contracts;
using Slipway.Monitoring.Monitors;
using Slipway.Serving.Ports;

namespace Slipway.Monitoring.Definitions;

/// <summary>Puts a definition in force from the next window on; the same text again changes nothing.</summary>
internal sealed class SetMonitor(Db db, IGate gate, IEndpoints endpoints, LiveHub live)
{
    public static void Map(RouteGroupBuilder monitors) => monitors
        .MapPut("/{endpoint}", async (string endpoint, HttpContext http, Caller caller, SetMonitor handler, CancellationToken ct) =>
            (await handler.Handle(caller, endpoint, http.Request.Body, ct)).ToHttp())
        .WithName(nameof(SetMonitor)).Needs(Permissions.Write).Accepts<Stream>("*/*").WithSummary("Puts a monitor's definition (YAML) in force from the next window on.")
        .Produces<MonitorDefinitionView>().ProducesProblem(400).ProducesProblem(404);

    public async Task<Result<MonitorDefinitionView>> Handle(Caller caller, string endpoint, Stream body, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.Write) is { } denied) { return denied; }

        if ((await Text(body, ct)).Fails(out var unread, out var text)) { return unread; }

        if (DefinitionReader.Read(text).Fails(out var faulty, out var settings)) { return faulty; }

        var digest = MonitorDefinition.DigestOf(text);
        if ((await gate.Ask(
            db, caller, Actions.MonitorSet, $"monitor/{endpoint}", tx => Known.Find(tx, endpoints, caller, endpoint),
            _ => new Dictionary<string, string> { ["definition"] = digest }, ct)).Fails(out var refused, out var policy)) { return refused; }

        return await db.Write<Result<MonitorDefinitionView>>(tx =>
        {
            if (Known.Find(tx, endpoints, caller, endpoint).Fails(out var unknown, out var watched)) { return unknown; }

            var before = DefinitionStore.InForce(tx, caller.Workspace, endpoint);
            if (before.Version > 0 && before.Digest == digest) { return View(endpoint, before); }

            var now = new MonitorDefinition(before.Version + 1, digest, text, settings, tx.Clock.NowMs(), caller.Name);
            DefinitionStore.Insert(tx, caller, endpoint, now);
            DefinitionWriter.Tell(tx, caller, watched, now);
            tx.Audit(caller, Actions.MonitorSet, $"monitor/{endpoint}", before.Settings, settings, policy: policy);
            tx.AfterCommit(() => live.Send(new LiveChange("monitor", caller.Workspace, endpoint, watched.Model)));
            return View(endpoint, now);
        }, ct);
    }

    private static MonitorDefinitionView View(string endpoint, MonitorDefinition definition) =>
        new(endpoint, definition.Version, definition.Digest, definition.Settings, definition.CreatedMs, definition.By ?? "");

    private static async Task<Result<string>> Text(Stream body, CancellationToken ct)
    {
        var bytes = new byte[Limits.MonitorDefinitionBytes + 1];
        var length = await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, ct);
        if (length > Limits.MonitorDefinitionBytes) { return Problem.Invalid("definition", $"The definition is longer than {Limits.MonitorDefinitionBytes} bytes."); }

        try { return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes, 0, length); }
        catch (DecoderFallbackException) { return Problem.Invalid("definition", "The definition is no UTF-8 text."); }
    }
}
