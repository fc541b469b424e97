using System.CommandLine;
using Slipway.Client;
using Slipway.Kernel;

namespace Slipway.Server;

/// <summary><c>demo</c>: a server of its own on loopback, the main job on real data told stage by stage, and then the server to look around in.</summary>
internal static class DemoCommand
{
    private const string DefaultFolder = "slipway-demo";

    public static Command Create()
    {
        var exit = new Option<bool>("--exit") { Description = "Stops after the last stage instead of leaving the server running" };
        var urls = new Option<string>("--urls") { Description = "Loopback address to listen on", DefaultValueFactory = _ => "http://127.0.0.1:8080" };
        var data = new Option<string?>("--data") { Description = $"Folder to keep the demo in; without it {DefaultFolder} in the working folder, which is removed at the end" };
        var script = new Option<string?>("--script") { Description = "YAML file that says what is shown (default mortgage/demo.yaml of the samples)" };
        // The ./slipway script knows where a checkout's samples are, wherever it is called from.
        var samples = new Option<string>("--samples") { Hidden = true, DefaultValueFactory = _ => "samples" };
        var demo = new Command("demo", "Runs the main job on real data in a server of its own, which then keeps running.") { exit, urls, data, script, samples };
        demo.SetAction((parsed, ct) =>
        {
#pragma warning disable RS0030 // this command talks to a terminal
            var shown = parsed.GetValue(script) ?? Path.Combine(parsed.GetValue(samples)!, "mortgage", "demo.yaml");
            return Run(shown, parsed.GetValue(urls)!, parsed.GetValue(data), parsed.GetValue(exit), Console.Out, Console.Error, ct);
#pragma warning restore RS0030
        });
        return demo;
    }

    private static async Task<int> Run(string script, string urls, string? data, bool exit, TextWriter output, TextWriter errors, CancellationToken ct)
    {
        // Neither slipway.yaml nor the environment is read: a demo must never reach the data of a real server.
        var options = new ServerOptions { Urls = urls, Data = data ?? DefaultFolder, Auth = "local" };
        if (ServerOptionsFaults.Of(options) is { Count: > 0 } faults)
        {
            await errors.WriteLineAsync(string.Join('\n', faults));
            return 1;
        }

        try
        {
            var shown = DemoScript.Read(script);
            var folder = DemoFolder.Renew(options.Data);
            var code = await Show(shown, options, exit, output, errors, ct);
            if (data is null && code == 0) { folder.Delete(); }
            else { await output.WriteLineAsync($"Everything is in {folder.Path}; ./slipway serve --data {folder.Path} goes on with it."); }

            return code;
        }
        catch (Exception error) when (Serve.IsForTheOperator(error))
        {
            await errors.WriteLineAsync(error.Message);
            return 1;
        }
    }

    private static async Task<int> Show(DemoScript script, ServerOptions options, bool exit, TextWriter output, TextWriter errors, CancellationToken ct)
    {
        using var held = DataFolder.Open(options);
        await using var app = await Serve.Start(options, new Dictionary<string, string?>(), Quieter, ct);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(ct, app.Lifetime.ApplicationStopping);
        using var client = new SlipwayClient(options.Addresses[0], null);
        try
        {
            await output.WriteLineAsync($"{script.Title}\n");
            var pages = await new DemoStory(client, script, new DemoTeller(output)).Tell(ending.Token);
            if (exit) { return 0; }

            await output.WriteLineAsync($"\nLook around; Ctrl-C ends it:\n{string.Join('\n', pages.Prepend(("/", "home")).Select(page => $"  {new Uri(options.Addresses[0], page.Item1)}  {page.Item2}"))}");
            await app.WaitForShutdownAsync(ending.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // Ctrl-C in the middle is an end like any other.
        }
        catch (SlipwayException error)
        {
            await errors.WriteLineAsync($"The demo failed. {error.Message}");
            return 1;
        }
        finally { await app.StopAsync(CancellationToken.None); }

        return 0;
    }

    // The stages are what there is to read; only what goes wrong is logged between them.
    private static void Quieter(IServiceCollection services) => services.Configure<LoggerFilterOptions>(log => log.MinLevel = LogLevel.Warning);
}
