namespace Slipway.Training.Tests.Steps;

public sealed class DefinitionFaultTests
{
    [Fact]
    public async Task Wrong_settings_are_told_by_path_and_line_before_anything_runs()
    {
        await using var shop = await Workshop.Open(TestDatabase.Sqlite);

        var check = await shop.Check(
            """
            pipeline: p
            steps:
              train:
                uses: train
                with:
                  model: logistc
                  experiment: e
                  label: { colum: y }
                  features:
                    - { column: a }
                    - { column: b, bins: [2, 1] }
              evaluate:
                uses: evaluate
                in: { model: train.modell }
                with:
                  threshold: 25
                  groups: [ { column: region } ]
            """);

        Assert.Null(check.Graph);
        string[] paths =
        [
            "steps.train.in", "steps.train.with.model", "steps.train.with.label.column", "steps.train.with.label.colum", "steps.train.with.features[1].bins",
            "steps.evaluate.in.model", "steps.evaluate.in", "steps.evaluate.with.threshold", "steps.evaluate.with.groups[0].reference",
        ];
        Assert.Equal(paths.Order(), check.Faults.Select(fault => fault.Path).Order());
        Assert.Equal((6, "'steps.train.with.model' is 'logistc'; one of logistic, linear belongs there."), check.Faults.Where(fault => fault.Path == "steps.train.with.model").Select(fault => (fault.Line, fault.Detail)).Single());
    }

    [Theory]
    [InlineData("column: nothing", "nothing")]
    [InlineData("column: deny, bins: [1]", "with.features[0].bins: Column 'deny' holds text; 'bins' needs numbers.")]
    public async Task What_only_the_data_can_tell_fails_the_step_with_a_sentence(string feature, string detail)
    {
        await using var shop = await Workshop.Open(TestDatabase.Sqlite);
        var definition = $$"""
            pipeline: p
            steps:
              ingest: { uses: ingest, with: { dataset: d, file: hmda.csv, contract: hmda.contract.yaml } }
              train: { uses: train, in: { data: ingest.data }, with: { model: logistic, experiment: e, label: { column: insurance, positive: "yes" }, features: [ { {{feature}} } ] } }
            """;

        var run = await shop.End((await shop.Start(definition, "mortgage")).Id);

        Assert.Contains(detail, run.Steps[1].Problem!.Detail, StringComparison.Ordinal);
        Assert.Empty(await shop.RunsOf("e"));
    }
}
