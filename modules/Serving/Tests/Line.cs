using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Slipway.Kernel.Contracts;
using Slipway.Pipelines.Contracts;

namespace Slipway.Serving.Tests;

/// <summary>A pipeline from a CSV file to registered versions over a server's HTTP, on data made here: invoices that are paid late or not. Each threshold is a version.</summary>
internal static class Line
{
    public const string Model = "late-payers";

    private const string Definition =
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
            with: { threshold: THRESHOLD, decisions: { atOrAbove: prepay, below: invoice }, favourable: invoice }
          register:
            uses: register
            in: { model: train.model, evaluation: evaluate.evaluation, data: split.train, source: ingest.data }
            with: { name: late-payers }
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
                logicalTypeOptions: { minimum: 0, maximum: 1000 }
                customProperties: [ { property: unitOfMeasure, value: "kg" } ]
              - name: days
                logicalType: integer
                required: true
                logicalTypeOptions: { minimum: 0, maximum: 365 }
                customProperties: [ { property: unitOfMeasure, value: "d" } ]
              - name: known
                logicalType: string
                required: true
                quality:
                  - { metric: invalidValues, arguments: { validValues: ["yes", "no"] }, mustBe: 0 }
              - { name: late, logicalType: string, required: true }
        """;

    /// <summary>Registers a version for each threshold, from 1 on.</summary>
    public static async Task Run(HttpClient http, params double[] thresholds)
    {
        var files = new Dictionary<string, string> { ["invoices.csv"] = await Upload(http, Csv()), ["invoices.yaml"] = await Upload(http, Contract) };
        foreach (var threshold in thresholds)
        {
            var definition = Definition.Replace("THRESHOLD", threshold.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
            using var answer = await http.PostAsync("/api/v1/w/default/pipeline-runs", JsonContent.Create(new StartPipelineRunRequest(definition, files), options: WireJson.Options));
            var run = await answer.Content.ReadFromJsonAsync<PipelineRunView>(WireJson.Options);
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(120));
            while (run!.EndedMs is null)
            {
                await Task.Delay(20, limit.Token);
                run = await http.GetFromJsonAsync<PipelineRunView>($"/api/v1/w/default/pipeline-runs/{run.Id}", WireJson.Options);
            }

            Assert.True(run.State == PipelineRunState.Succeeded, string.Join(" ", run.Steps.Select(step => $"{step.Name} {step.State} {step.Problem?.Detail}")));
        }
    }

    /// <summary>400 rows, the same each time; whoever waits longer and is not known pays late more often.</summary>
    private static string Csv()
    {
        var (random, text) = (new Random(11), new StringBuilder("amount,days,known,late\n"));
        for (var row = 0; row < 400; row++)
        {
            var (amount, days, known) = (random.NextDouble() * 100, random.Next(5, 90), random.Next(2) == 0);
            var late = random.NextDouble() < 1 / (1 + Math.Exp(-((days / 30.0) - 2 + (known ? -0.7 : 0.7) + (amount / 200))));
            text.Append(CultureInfo.InvariantCulture, $"{amount:0.00},{days},{(known ? "yes" : "no")},{(late ? "yes" : "no")}\n");
        }

        return text.ToString();
    }

    private static async Task<string> Upload(HttpClient http, string content)
    {
        var bytes = new ByteArrayContent(Encoding.UTF8.GetBytes(content));
        bytes.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        using var answer = await http.PostAsync("/api/v1/w/default/pipelines/files", bytes);
        return (await answer.Content.ReadFromJsonAsync<PipelineFileView>(WireJson.Options))!.Digest;
    }
}
