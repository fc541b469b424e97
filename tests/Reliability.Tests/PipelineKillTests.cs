using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Slipway.Datasets.Contracts;
using Slipway.Kernel.Contracts;
using Slipway.Pipelines.Contracts;

namespace Slipway.Reliability.Tests;

/// <summary>The process dies in the middle of a pipeline; the next one goes on.</summary>
public sealed class PipelineKillTests
{
    private const string Api = "/api/v1/w/default/";
    private const string Contract = "apiVersion: v3.1.0\nkind: DataContract\nid: t\nversion: 1.0.0\nstatus: active\nschema:\n  - name: t\n    properties: [{ name: id, logicalType: integer }, { name: word, logicalType: string }]\n";

    [Fact]
    public async Task A_run_goes_on_after_kill_9_and_what_was_done_is_not_done_again()
    {
        using var folder = new Folder();
        using var marks = new Folder();
        string Mark(string name) => Path.Combine(marks.Path, name);
        PipelineRunView before;
        await using (var server = await ServerProcess.Start(folder.Path))
        {
            using var client = server.NewClient();
            var run = await Start(client,
                $$"""
                pipeline: p
                steps:
                  ingest: { uses: ingest, with: { dataset: words, file: words.csv, contract: words.yaml } }
                  first: { uses: command, in: { data: ingest.data }, with: { run: [sh, -c, 'echo ran >> {{Mark("first")}}; cp in/data.parquet out/copy'], out: { copy: file } } }
                  held: { uses: command, in: { copy: first.copy }, with: { run: [sh, -c, 'echo $$ >> {{Mark("held")}}; echo half > out/made; echo $SLIPWAY_KEY >> {{Mark("keys")}}; until [ -e {{Mark("go")}} ]; do sleep 0.05; done; cat in/copy > out/made'], out: { made: file } } }
                  last: { uses: command, in: { made: held.made }, with: { run: [sh, -c, 'echo ran >> {{Mark("last")}}; cp in/made out/end'], out: { end: file } } }
                """);
            before = await Until(client, run.Id, _ => File.Exists(Mark("keys")));
            await server.Kill();
        }

        var left = (await File.ReadAllLinesAsync(Mark("held"))).Single();
        Assert.True(Runs(left), "The program should have outlived the server: that is what the next one has to deal with.");

        await using var second = await ServerProcess.Start(folder.Path);
        using var http = second.NewClient();
        await Until(http, before.Id, _ => File.ReadAllLines(Mark("keys")).Length == 2);
        Assert.False(Runs(left), "The program of the killed server still runs beside its second attempt.");
        await File.WriteAllTextAsync(Mark("go"), "");
        var after = await Until(http, before.Id, run => run.EndedMs is not null);

        Assert.Equal(PipelineRunState.Succeeded, after.State);
        Assert.Equal([1, 1, 2, 1], after.Steps.Select(step => step.Attempts));
        Assert.Equal(before.Steps.Take(2).Select(step => (step.StartedMs, step.EndedMs, Digest(step))), after.Steps.Take(2).Select(step => (step.StartedMs, step.EndedMs, Digest(step))));
        Assert.Equal(("ran", "ran"), ((await File.ReadAllTextAsync(Mark("first"))).Trim(), (await File.ReadAllTextAsync(Mark("last"))).Trim()));
        Assert.Equal(after.Steps[0].Outputs["data"].Digest, after.Steps[3].Outputs["end"].Digest);
        Assert.Contains("\"text\":\"The server ended during attempt 1; the step is run again.\"", await http.GetStringAsync($"{Api}pipeline-runs/{before.Id}/steps/held/log"), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(folder.Path, "pipelines", "work")));
        foreach (var key in await File.ReadAllLinesAsync(Mark("keys")))
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, Api + "pipelines") { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", key) } };
            using var answer = await http.SendAsync(request);
            Assert.Equal(401, (int)answer.StatusCode);
        }
    }

    [Fact]
    public async Task A_run_that_is_killed_again_and_again_ends_like_one_that_was_left_alone()
    {
        const string text =
            """
            pipeline: p
            steps:
              ingest: { uses: ingest, with: { dataset: words, file: words.csv, contract: words.yaml } }
              check: { uses: check, in: { data: ingest.data }, with: { contract: words.yaml } }
              split: { uses: split, in: { data: ingest.data }, needs: [check], with: { share: 0.7, seed: 3 } }
              join: { uses: command, in: { a: split.train, b: split.test }, with: { run: [sh, -c, 'sleep 0.2; cat in/a.parquet in/b.parquet > out/both'], out: { both: file } } }
              wait: { uses: command, needs: [join], with: { run: [sleep, "0.2"] } }
            """;
        using var quiet = new Folder();
        PipelineRunView wanted;
        await using (var server = await ServerProcess.Start(quiet.Path))
        {
            using var client = server.NewClient();
            wanted = await Until(client, (await Start(client, text)).Id, run => run.EndedMs is not null);
        }

        Assert.Equal(PipelineRunState.Succeeded, wanted.State);
        var (random, kills, cut) = (new Random(20261121), 0, 0);
        for (var cycle = 0; cycle < Effort.Of(ci: 2, full: 30); cycle++)
        {
            using var folder = new Folder();
            string runId;
            await using (var server = await ServerProcess.Start(folder.Path))
            {
                using var client = server.NewClient();
                runId = (await Start(client, text)).Id;
                await Task.Delay(random.Next(0, 800));
                await server.Kill();
            }

            // A step gives up after five; a run must survive as many as are sure not to hit one step that often.
            for (var more = 0; more < 3; more++)
            {
                await using var server = await ServerProcess.Start(folder.Path);
                await Task.Delay(random.Next(0, 800));
                await server.Kill();
            }

            kills += 4;
            await using var last = await ServerProcess.Start(folder.Path);
            using var http = last.NewClient();
            var run = await Until(http, runId, now => now.EndedMs is not null);
            cut += run.Steps.Sum(step => Math.Max(0, step.Attempts - 1));

            Assert.Equal((PipelineRunState.Succeeded, string.Join(' ', wanted.Steps.Select(Digest))), (run.State, string.Join(' ', run.Steps.Select(Digest))));
            Assert.Equal(1, (await http.GetFromJsonAsync<DatasetView>(Api + "datasets/words", WireJson.Options))!.Versions);
            Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(folder.Path, "pipelines", "work")));
        }

        Report.Line($"kill -9 in a pipeline: {kills} kills of {kills / 4} runs, {cut} steps cut off and run again, every output as without a kill");
    }

    /// <summary>What has ended may stand in the list of processes until somebody asks how.</summary>
    private static bool Runs(string process)
    {
        try { return !File.ReadAllText($"/proc/{process}/stat").Contains(") Z ", StringComparison.Ordinal); }
        catch (IOException) { return false; }
    }

    private static string Digest(PipelineStepView step) => string.Join(' ', step.Outputs.OrderBy(output => output.Key, StringComparer.Ordinal).Select(output => $"{step.Name}.{output.Key}={output.Value.Digest}"));

    private static async Task<PipelineRunView> Start(HttpClient client, string definition)
    {
        var csv = "id,word\n" + string.Concat(Enumerable.Range(1, 500).Select(i => $"{i},word{i % 17}\n"));
        var files = new Dictionary<string, string> { ["words.csv"] = await Upload(client, csv), ["words.yaml"] = await Upload(client, Contract) };
        using var answer = await client.PostAsJsonAsync(Api + "pipeline-runs", new StartPipelineRunRequest(definition, files), WireJson.Options);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<PipelineRunView>(WireJson.Options))!;
    }

    private static async Task<string> Upload(HttpClient client, string content)
    {
        using var answer = await client.PostAsync(Api + "pipelines/files", new ByteArrayContent(Encoding.UTF8.GetBytes(content)));
        return (await answer.Content.ReadFromJsonAsync<PipelineFileView>(WireJson.Options))!.Digest;
    }

    /// <summary>Waits for the run to be as wanted, at most two minutes.</summary>
    private static async Task<PipelineRunView> Until(HttpClient client, string runId, Func<PipelineRunView, bool> wanted)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (true)
        {
            var run = (await client.GetFromJsonAsync<PipelineRunView>($"{Api}pipeline-runs/{runId}", WireJson.Options))!;
            if (wanted(run)) { return run; }

            Assert.False(limit.IsCancellationRequested, $"Not within two minutes: {System.Text.Json.JsonSerializer.Serialize(run, WireJson.Options)}");
            Assert.True(run.EndedMs is null, $"The run has ended: {System.Text.Json.JsonSerializer.Serialize(run, WireJson.Options)}");
            await Task.Delay(20);
        }
    }
}
