using System.Globalization;
using System.Text.Json;
using Slipway.Datasets.Contracts;
using Slipway.Kernel.Contracts;
using Slipway.Pipelines.Contracts;

namespace Slipway.Pipelines.Tests;

/// <summary>The steps ingest, check and split on real data.</summary>
public sealed class DataStepTests(DefinitionTests.One one) : IClassFixture<DefinitionTests.One>
{
    private const string Text =
        """
        pipeline: loans
        steps:
          ingest: { uses: ingest, with: { dataset: hmda, file: hmda.csv, contract: hmda.contract.yaml } }
          check: { uses: check, in: { data: ingest.data }, with: { contract: hmda.contract.yaml } }
          split: { uses: split, in: { data: ingest.data }, needs: [check], with: { share: 0.7, seed: 17, stratify: deny } }
        """;

    [Theory, EachDatabase]
    public async Task A_file_becomes_a_version_is_checked_and_cut_and_is_not_run_again_until_something_changes(string database)
    {
        await using var yard = await Yard.Open(database);
        var files = await Files(yard);

        var run = await yard.Run(Text, files);

        Assert.True(run.State == PipelineRunState.Succeeded, string.Join(" ", run.Steps.Select(step => step.Problem?.Detail)));
        var (data, split) = (run.Steps[0].Outputs["data"], run.Steps[2].Outputs);
        Assert.Equal(("dataset", "hmda", "1"), (data.Type, data.Name, data.Facts!["version"]));
        Assert.Equal(["version 1", "rows 2,380", "columns 14"], run.Steps[0].Summary.Select(entry => $"{entry.Key} {entry.Value}"));
        Assert.Equal("0", run.Steps[1].Summary["broken"]);
        Assert.True(JsonSerializer.Deserialize<CheckReport>(await yard.Text(run.Steps[1].Outputs["report"].Digest), WireJson.Options)!.Passed);
        // 0.7 of 2,095 and of 285, each rounded half up.
        Assert.Equal(["train 1,667 rows", "test 713 rows"], run.Steps[2].Summary.Select(entry => $"{entry.Key} {entry.Value}"));
        var version = (await yard.Get<DatasetVersionDetail>("datasets/hmda/versions/1")).Version;
        Assert.Equal((data.Digest, files["hmda.csv"], files["hmda.contract.yaml"]), (version.Digest, version.SourceDigest, version.ContractDigest));

        var again = await yard.Run(Text, files);
        Assert.All(again.Steps, step => Assert.Equal(StepState.Reused, step.State));
        var forced = await yard.Run(Text, files, ["*"]);
        Assert.All(forced.Steps, step => Assert.Equal(StepState.Succeeded, step.State));
        Assert.Equal("1, as before", forced.Steps[0].Summary["version"]);
        Assert.Equal(split.Values.Select(part => part.Digest), forced.Steps[2].Outputs.Values.Select(part => part.Digest));

        var uses = await yard.Get<DatasetUseList>("datasets/hmda/uses");
        Assert.Equal(new[] { run.Id, again.Id, forced.Id }.Order(), uses.Items.Select(use => use.Subject).Order());
        Assert.All(uses.Items, use => Assert.Equal(("pipelineRun", "loans", "local-owner"), (use.Kind, use.Title, use.By)));

        var looser = await yard.Upload(Sample("hmda.contract.yaml").Replace("version: 1.0.0", "version: 1.1.0", StringComparison.Ordinal));
        var changed = await yard.Run(Text, new Dictionary<string, string>(files) { ["hmda.contract.yaml"] = looser });
        Assert.Contains("file hmda.contract.yaml has other content", changed.Steps[0].Reuse!.Reason, StringComparison.Ordinal);
        Assert.Equal("2", changed.Steps[0].Outputs["data"].Facts!["version"]);
        Assert.Contains("input data has the same content as before, but is version=2, was version=1", changed.Steps[2].Reuse!.Reason, StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task A_file_that_breaks_its_contract_ends_the_run_and_changes_nothing(string database)
    {
        await using var yard = await Yard.Open(database);
        var files = await Files(yard);
        var percent = new Dictionary<string, string>(files) { ["hmda.csv"] = await yard.Upload(Percent(Sample("hmda.csv"))) };

        var run = await yard.Run(Text, percent);

        Assert.Equal([StepState.Failed, StepState.Skipped, StepState.Skipped], run.Steps.Select(step => step.State));
        Assert.Equal("contract_violated", run.Steps[0].Problem!.Code);
        Assert.Contains("pirat", run.Steps[0].Problem!.Detail, StringComparison.Ordinal);
        Assert.Contains("100", run.Steps[0].Problem!.Detail, StringComparison.Ordinal);
        Assert.Contains(await yard.Log(run.Id, "ingest"), line => line.StartsWith("pirat: ", StringComparison.Ordinal));
        Assert.Equal(404, (int)(await yard.Server.Http.GetAsync(Yard.Api + "datasets/hmda")).StatusCode);

        // A contract that the data keep at the door, and one that they break further on.
        var strict = await yard.Upload(Sample("hmda.contract.yaml").Replace("mustBeGreaterOrEqualTo: 100 ", "mustBeGreaterOrEqualTo: 9999 ", StringComparison.Ordinal));
        var later = await yard.Run(
            Text.Replace("with: { contract: hmda.contract.yaml } }", "with: { contract: strict.yaml } }", StringComparison.Ordinal), new Dictionary<string, string>(files) { ["strict.yaml"] = strict });
        Assert.Equal([StepState.Succeeded, StepState.Failed, StepState.Skipped], later.Steps.Select(step => step.State));
        Assert.Contains("break 1 rule of 'strict.yaml': broken: rowCount", later.Steps[1].Problem!.Detail, StringComparison.Ordinal);
        Assert.Contains(await yard.Log(later.Id, "check"), line => line.StartsWith("broken: rowCount", StringComparison.Ordinal));
    }

    [Theory, EachDatabase]
    public async Task What_a_program_made_is_ingested_and_a_faulty_contract_is_told_by_its_places(string database)
    {
        await using var yard = await Yard.Open(database);
        var files = new Dictionary<string, string>
        {
            ["c.yaml"] = await yard.Upload("apiVersion: v3.1.0\nkind: DataContract\nid: t\nversion: 1.0.0\nstatus: active\nschema:\n  - name: t\n    properties: [{ name: a, logicalType: integer }, { name: b, logicalType: string }]\n"),
            ["bad.yaml"] = await yard.Upload("apiVersion: v3.1.0\nkind: Nothing\n"),
        };

        var run = await yard.Run(
            """
            pipeline: made
            steps:
              make: { uses: command, with: { run: [sh, -c, 'printf "a,b\n1,x\n2,y\n3,z\n4,z\n" > out/table.csv'], out: { table: file } } }
              ingest: { uses: ingest, in: { file: make.table }, with: { dataset: made, format: csv, contract: c.yaml } }
              split: { uses: split, in: { data: ingest.data }, with: { share: 0.5, orderBy: a } }
              bad: { uses: ingest, in: { file: make.table }, with: { dataset: other, format: csv, contract: bad.yaml } }
              gone: { uses: split, in: { data: ingest.data }, with: { share: 0.5, stratify: absent } }
            """, files);

        Assert.Equal([StepState.Succeeded, StepState.Succeeded, StepState.Succeeded, StepState.Failed, StepState.Failed], run.Steps.Select(step => step.State));
        Assert.Equal("2 rows", run.Steps[2].Summary["train"]);
        Assert.Equal("contract_faulty", run.Steps[3].Problem!.Code);
        Assert.Contains("kind", run.Steps[3].Problem!.Detail, StringComparison.Ordinal);
        Assert.Contains("absent", run.Steps[4].Problem!.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ingest", "with: { dataset: d, contract: c.yaml }", "steps.a.with.file", "neither is there")]
    [InlineData("ingest", "with: { dataset: d, file: f.csv }", "steps.a.with.contract", "is missing")]
    [InlineData("ingest", "with: { file: f.csv, contract: c.yaml }", "steps.a.with.dataset", "is missing")]
    [InlineData("ingest", "with: { dataset: d, file: f.txt, contract: c.yaml }", "steps.a.with.format", "does not say by its ending")]
    [InlineData("ingest", "with: { dataset: d, file: f, format: xml, contract: c.yaml }", "steps.a.with.format", "one of csv, json, parquet")]
    [InlineData("ingest", "with: { dataset: d, file: ../f.csv, contract: c.yaml }", "steps.a.with", "is no name of a file beside the definition")]
    [InlineData("check", "with: {}", "steps.a.with.contract", "is missing")]
    [InlineData("check", "with: { contract: c.yaml }", "steps.a.in", "'steps.a.in.data' is missing")]
    [InlineData("split", "with: { share: 1 }", "steps.a.with.share", "above 0 and below 1")]
    [InlineData("split", "with: { share: 0 }", "steps.a.with.share", "above 0 and below 1")]
    [InlineData("split", "with: { seed: 1 }", "steps.a.with.share", "is missing")]
    [InlineData("split", "with: { share: 0.5, stratify: a, orderBy: b }", "steps.a.with.orderBy", "set one of them")]
    [InlineData("split", "with: { share: 0.5, seed: 1, orderBy: b }", "steps.a.with.seed", "leave it out")]
    public async Task Wrong_settings_are_told_before_anything_runs(string uses, string rest, string path, string detail)
    {
        var check = await Yard.Read<PipelineCheckView>(await one.Yard.Post("pipelines/check", new CheckPipelineRequest($"{{ pipeline: p, steps: {{ a: {{ uses: {uses}, {rest} }} }} }}")), 200);

        Assert.Contains(check.Faults, fault => fault.Path == path && fault.Detail.Contains(detail, StringComparison.Ordinal));
    }

    private static async Task<Dictionary<string, string>> Files(Yard yard) => new()
    {
        ["hmda.csv"] = await yard.Upload(Sample("hmda.csv")), ["hmda.contract.yaml"] = await yard.Upload(Sample("hmda.contract.yaml")),
    };

    private static string Sample(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "samples", name));

    /// <summary>The second column in percent, as somebody would send it by mistake.</summary>
    private static string Percent(string csv)
    {
        var lines = csv.TrimEnd('\n').Split('\n');
        return lines[0] + "\n" + string.Join('\n', lines.Skip(1).Select(line =>
        {
            var cells = line.Split(',');
            cells[1] = (double.Parse(cells[1], CultureInfo.InvariantCulture) * 100).ToString(CultureInfo.InvariantCulture);
            return string.Join(',', cells);
        })) + "\n";
    }
}
