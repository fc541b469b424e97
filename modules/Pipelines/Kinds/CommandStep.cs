using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Slipway.Identity.Ports;
using Slipway.Kernel;
using Slipway.Pipelines.Ports;

namespace Slipway.Pipelines.Kinds;

/// <summary>
/// Any program: inputs as files in <c>in/</c>, outputs from <c>out/</c>, an environment that holds the tracking address and a key of the run's starter that ends with the
/// program. Runs as the server's own user; whether it runs at all is <see cref="PipelinesOptions.CommandWorker"/>.
/// </summary>
internal sealed class CommandStep(
    IBlobStore blobs, ITaskKeys keys, ServerFolders folders, ServerAddresses addresses, IServer server, IOptions<PipelinesOptions> options, ILogger<CommandStep> log) : IStepKind
{
    private const string SearchPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    private static readonly TimeSpan KeyMargin = TimeSpan.FromMinutes(1);

    public string Name => "command";

    /// <summary>Of the contract with the program (folders, variables): what it does itself is in its files and arguments.</summary>
    public string Version => "1";

    public StepShape Shape(StepDefinition step)
    {
        var (settings, _) = CommandSettings.Read(step.Settings());
        return new StepShape([], settings.Out.ToDictionary(output => output.Key, output => output.Value.Type, StringComparer.Ordinal), settings.Files) { AnyInputs = true };
    }

    public IReadOnlyList<Fault> Check(StepDefinition step)
    {
        var faults = CommandSettings.Read(step.Settings()).Faults;
        return addresses.LocalMode || options.Value.CommandWorker == "server" ? faults
            : [new Fault("uses", "'command' runs any program as the server's own user, so it is off where sign-in is required; the operator turns it on by naming a worker: 'pipelines: command-worker: server'."), .. faults];
    }

    public async Task<Result<StepOutcome>> Run(StepContext context, CancellationToken ct)
    {
        var settings = CommandSettings.Read(context.Step.Settings()).Settings;
        var folder = CommandFolder.Of(folders, context.PipelineRunId, context.Step.Name);
        folder.EndLeftOver();
        var made = await keys.Create(context.Caller, $"pipelineRun/{context.PipelineRunId} step {context.Step.Name}", settings.TimeLimit + KeyMargin, ct);
        if (made.Fails(out var refused, out var key)) { return refused; }

        try
        {
            await folder.Fill(context, settings, blobs, ct);
            var ended = await CommandProcess.Run(folder, settings.Run, Environment(context, settings, folder, key.Secret), key.Secret, settings.TimeLimit, context.Log, ct);
            if (ended.Fails(out var failed, out var lines)) { return failed; }

            return (await CommandOutputs.Take(folder, settings.Out, blobs, ct)).Then(outputs => new StepOutcome(
                outputs, new Dictionary<string, string> { ["exit code"] = "0", ["lines"] = lines.ToString("#,0", System.Globalization.CultureInfo.InvariantCulture) }));
        }
        finally
        {
            await keys.Revoke(context.Caller, key.Id, CancellationToken.None);
            folder.Leave(log);
        }
    }

    private Dictionary<string, string> Environment(StepContext context, CommandSettings settings, CommandFolder folder, string secret)
    {
        var address = Address();
        var all = new Dictionary<string, string>(settings.Env, StringComparer.Ordinal)
        {
            ["HOME"] = folder.Path, ["TMPDIR"] = folder.Temporary, ["LANG"] = "C.UTF-8",
            // Python writes into a pipe by the block otherwise, and its lines would come late.
            ["PYTHONUNBUFFERED"] = "1",
            ["MLFLOW_TRACKING_URI"] = $"{address}/w/{context.Caller.Workspace}", ["MLFLOW_TRACKING_TOKEN"] = secret,
            ["SLIPWAY_SERVER"] = address, ["SLIPWAY_KEY"] = secret, ["SLIPWAY_WORKSPACE"] = context.Caller.Workspace,
            ["SLIPWAY_PIPELINE"] = context.Pipeline, ["SLIPWAY_PIPELINE_RUN"] = context.PipelineRunId, ["SLIPWAY_STEP"] = context.Step.Name,
            ["SLIPWAY_IN"] = folder.In, [CommandFolder.OutVariable] = folder.Out,
        };
        all.TryAdd("PATH", SearchPath);
        return all;
    }

    /// <summary>Where the server really listens, as seen from its own machine; over TLS by its public name, which is what its certificate says.</summary>
    private string Address()
    {
        var bound = server.Features.Get<IServerAddressesFeature>()?.Addresses.Select(address => new Uri(address.Replace("://*", "://127.0.0.1", StringComparison.Ordinal).Replace("://+", "://127.0.0.1", StringComparison.Ordinal))) ?? [];
        var plain = bound.FirstOrDefault(address => address.Scheme == Uri.UriSchemeHttp);
        return plain is null ? addresses.PublicUrl.ToString().TrimEnd('/')
            : new UriBuilder(plain) { Host = plain.Host is "0.0.0.0" ? "127.0.0.1" : plain.Host is "[::]" ? "[::1]" : plain.Host }.Uri.ToString().TrimEnd('/');
    }
}
