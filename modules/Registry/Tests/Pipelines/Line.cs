using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Slipway.Kernel.Contracts;
using Slipway.Pipelines.Contracts;
using Slipway.Registry.Contracts;

namespace Slipway.Registry.Tests.Pipelines;

/// <summary>A pipeline from a CSV file to a registered model over a server's HTTP, on data made here: invoices that are paid late or not.</summary>
internal sealed class Line(HttpClient http)
{
    public const string Api = "/api/v1/w/default/";

    public const string Definition =
        """
        pipeline: late-payers
        steps:
          ingest: { uses: ingest, with: { dataset: invoices, file: invoices.csv, contract: invoices.yaml } }
          split: { uses: split, in: { data: ingest.data }, with: { share: 0.7, seed: 3, stratify: late } }
          train:
            uses: train
            in: { data: split.train }
            with: { experiment: late, model: logistic, label: { column: late, positive: "yes" }, features: [ { column: amount }, { column: days, bins: [30, 60] }, { column: known, positive: "yes" } ] }
          evaluate:
            uses: evaluate
            in: { model: train.model, data: split.test }
            with: { threshold: 0.5, decisions: { atOrAbove: prepay, below: invoice }, favourable: invoice, minimumGroup: 20, groups: [ { column: region, reference: north } ] }
          register:
            uses: register
            in: { model: train.model, evaluation: evaluate.evaluation, data: split.train, source: ingest.data }
            with: { name: late payers, description: Probability that an invoice is paid late., alias: champion }
        """;

    private const string Contract =
        """
        apiVersion: v3.1.0
        kind: DataContract
        id: invoices
        version: 1.0.0
        status: active
        schema:
          - name: invoices
            properties:
              - name: amount
                logicalType: number
                required: true
                customProperties: [ { property: unitOfMeasure, value: "kg" } ]
              - name: days
                logicalType: integer
                required: true
                customProperties: [ { property: unitOfMeasure, value: "d" } ]
              - { name: known, logicalType: string, required: true }
              - { name: region, logicalType: string, required: true }
              - { name: late, logicalType: string, required: true }
        """;

    /// <summary>600 rows, the same each time; whoever waits longer and is not known pays late more often.</summary>
    private static string Csv()
    {
        var (random, text) = (new Random(11), new StringBuilder("amount,days,known,region,late\n"));
        for (var row = 0; row < 600; row++)
        {
            var (amount, days, known, region) = (random.NextDouble() * 100, random.Next(5, 90), random.Next(2) == 0, (string[])["north", "south"]);
            var late = random.NextDouble() < 1 / (1 + Math.Exp(-((days / 30.0) - 2 + (known ? -0.7 : 0.7) + (amount / 200))));
            text.Append(CultureInfo.InvariantCulture, $"{amount:0.00},{days},{(known ? "yes" : "no")},{region[random.Next(2)]},{(late ? "yes" : "no")}\n");
        }

        return text.ToString();
    }

    public async Task<PipelineRunView> Start(string definition = Definition, IReadOnlyList<string>? force = null, HttpClient? by = null)
    {
        var files = new Dictionary<string, string> { ["invoices.csv"] = await Upload(Csv()), ["invoices.yaml"] = await Upload(Contract) };
        using var answer = await (by ?? http).PostAsync(Api + "pipeline-runs", JsonContent.Create(new StartPipelineRunRequest(definition, files, force), options: WireJson.Options));
        Assert.True((int)answer.StatusCode == 201, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<PipelineRunView>(WireJson.Options))!;
    }

    /// <summary>Runs to the end, which must be a good one.</summary>
    public async Task<PipelineRunView> Run(string definition = Definition, IReadOnlyList<string>? force = null)
    {
        var run = await End((await Start(definition, force)).Id);
        Assert.True(run.State == PipelineRunState.Succeeded, string.Join(" ", run.Steps.Select(step => $"{step.Name} {step.State} {step.Problem?.Detail}")));
        return run;
    }

    public async Task<PipelineRunView> End(string runId)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        while (true)
        {
            var run = await Read<PipelineRunView>($"pipeline-runs/{runId}");
            if (run.EndedMs is not null) { return run; }

            await Task.Delay(20, limit.Token);
        }
    }

    public async Task<PipelineCheckView> Check(string definition)
    {
        using var answer = await http.PostAsync(Api + "pipelines/check", JsonContent.Create(new CheckPipelineRequest(definition), options: WireJson.Options));
        return (await answer.Content.ReadFromJsonAsync<PipelineCheckView>(WireJson.Options))!;
    }

    /// <summary>Numbers of the versions that are there, the newest first.</summary>
    public async Task<IEnumerable<long>> Versions() => (await Read<Page<ModelVersionRow>>("models/late%20payers/versions")).Items.Select(version => version.Version);

    public async Task<T> Read<T>(string path) => (await http.GetFromJsonAsync<T>(Api + path, WireJson.Options))!;

    private async Task<string> Upload(string content)
    {
        var bytes = new ByteArrayContent(Encoding.UTF8.GetBytes(content));
        bytes.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        using var answer = await http.PostAsync(Api + "pipelines/files", bytes);
        return (await answer.Content.ReadFromJsonAsync<PipelineFileView>(WireJson.Options))!.Digest;
    }
}
