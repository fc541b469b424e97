using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Slipway.Testing;

namespace Slipway.Bench.Tracking;

/// <summary>What it costs to say who asks: requests to a local server without credentials, and to one that requires them by a key and by name and password, in turns.</summary>
internal static class AccessBench
{
    private const int Rounds = 5;
    private const string Name = "ann";
    private const string Password = "a password for one measurement";
    private static readonly string Basic = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Name}:{Password}"));

    public static async Task Run(string[] args)
    {
        var folder = Machine.Folder();
        try
        {
            var data = Path.Combine(folder.FullName, "required");
            await CreateAdmin(data);
            await using var local = await ServerProcess.Start(Path.Combine(folder.FullName, "local"));
            await using var required = await ServerProcess.Start(data, ["--auth", "required"]);
            var key = "Bearer " + (await Post(required, Basic, "/api/v1/keys", new { name = "bench", workspace = "default", expiresInDays = 1 })).GetProperty("secret").GetString();
            (ServerProcess Server, string? Authorization, string Name)[] ways = [(local, null, "local, without credentials"), (required, key, "required, by a key"), (required, Basic, "required, by name and password")];

            await Compare("runs/get", ways, folder.FullName, run => ($"{MlflowServer.Api}runs/get?run_id={run}", null));
            await Compare("log-metric", ways, folder.FullName, run => (
                $"{MlflowServer.Api}runs/log-metric",
                $$"""i = i + 1 return '{"run_id":"{{run}}","key":"loss","value":' .. (i / 7) .. ',"timestamp":' .. (1700000000000 + i) .. ',"step":' .. i .. '}' """));
        }
        finally { folder.Delete(recursive: true); }
    }

    private static async Task Compare(string what, (ServerProcess Server, string? Authorization, string Name)[] ways, string folder, Func<string, (string Path, string? Body)> load)
    {
        var figures = ways.Select(way => new Figures($"{what}, 8 connections: {way.Name}", "req/s")).ToList();
        var runs = new List<string>();
        foreach (var (server, authorization, _) in ways)
        {
            runs.Add((await Post(server, authorization, MlflowServer.Api + "runs/create", new { experiment_id = "0" })).GetProperty("run").GetProperty("info").GetProperty("run_id").GetString()!);
        }

        // The round before the first is not counted: the servers compile themselves in it.
        for (var round = 0; round <= Rounds; round++)
        {
            for (var way = 0; way < ways.Length; way++)
            {
                var (path, body) = load(runs[way]);
                var result = await Wrk.Run(what, new Uri(ways[way].Server.BaseAddress, path), 8, 4, body, folder, ways[way].Authorization);
                if (round > 0) { figures[way].Add(result.Rate); }
            }
        }

        figures.ForEach(figure => figure.Print());
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"",-53}by a key {figures[1].Median / figures[0].Median:P0}, by a password {figures[2].Median / figures[0].Median:P0} of the rate without (target 80 %)"));
    }

    private static async Task<JsonElement> Post(ServerProcess server, string? authorization, string path, object body)
    {
        using var http = new HttpClient { BaseAddress = server.BaseAddress };
        http.DefaultRequestHeaders.Authorization = authorization is null ? null : AuthenticationHeaderValue.Parse(authorization);
        using var answer = await http.PostAsJsonAsync(path, body);
        return answer.IsSuccessStatusCode ? await answer.Content.ReadFromJsonAsync<JsonElement>() : throw new InvalidOperationException(await answer.Content.ReadAsStringAsync());
    }

    private static async Task CreateAdmin(string data)
    {
        using var admin = Process.Start(new ProcessStartInfo(ServerProcess.Program, ["admin", "create", "--name", Name, "--password-stdin", "--data", data]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        await admin.StandardInput.WriteLineAsync(Password);
        admin.StandardInput.Close();
        await admin.StandardOutput.ReadToEndAsync();
        await admin.WaitForExitAsync();
        if (admin.ExitCode != 0) { throw new InvalidOperationException($"'admin create' ended with {admin.ExitCode}."); }
    }
}
