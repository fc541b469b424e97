using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Slipway.Webhooks.Tests.Deliveries;

/// <summary>What a killed server had acknowledged arrives after its next start: at least once, each under one id.</summary>
public sealed class DeliveryKillTests
{
    private const string Settings = "outbound:\n  allow: 127.0.0.1\n  allow-http: true\n  timeout-seconds: 1\nwebhooks:\n  retry-seconds: 1\n";

    [Fact]
    public async Task No_acknowledged_change_is_kept_from_a_receiver_by_kill_9()
    {
        var folder = Directory.CreateTempSubdirectory("slipway-hooks-").FullName;
        var settings = Path.Combine(folder, "slipway.yaml");
        await File.WriteAllTextAsync(settings, Settings);
        await using var receiver = await Receiver.Open();
        var acknowledged = new List<string>();
        for (var start = 0; start < 3; start++)
        {
            await using var server = await ServerProcess.Start(folder, ["--auth", "local", "--config", settings], waitSeconds: 60);
            using var http = server.NewClient();
            if (start == 0) { Assert.True(await Post(http, "webhooks", new { name = "ci", url = receiver.Url, events = new[] { new { entity = "REGISTERED_MODEL", action = "CREATED" } } })); }

            // Killed in the middle of requests, facts and deliveries.
            var heard = receiver.All.Count;
            for (var i = 0; i < 200 && (i < 10 || receiver.All.Count < heard + 3); i++)
            {
                var name = $"m-{start}-{i}";
                if (await Post(http, "registered-models/create", new { name })) { acknowledged.Add(name); }
            }

            await server.Kill();
        }

        await using (var last = await ServerProcess.Start(folder, ["--auth", "local", "--config", settings], waitSeconds: 60))
        {
            await Harbour.Until(() => Task.FromResult(Names(receiver)), names => acknowledged.TrueForAll(names.Contains));
        }

        Assert.All(receiver.All.GroupBy(NameOf), same => Assert.Single(same.Select(one => one.Id).Distinct()));
        Directory.Delete(folder, recursive: true);
    }

    private static HashSet<string> Names(Receiver receiver) => [.. receiver.All.Select(NameOf)];

    private static string NameOf(Heard heard) => (string)JsonNode.Parse(heard.Body)!["data"]!["name"]!;

    private static async Task<bool> Post(HttpClient http, string verb, object body)
    {
        using var answer = await http.PostAsync("/api/2.0/mlflow/" + verb, new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json"));
        return answer.IsSuccessStatusCode;
    }
}
