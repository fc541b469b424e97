using Slipway.Kernel;
using Slipway.Registry.Contracts;
using Slipway.Registry.Versions;

namespace Slipway.Registry.Tests.Cards;

public sealed class CardTests
{
    [Theory, EachDatabase]
    public async Task Every_figure_of_the_card_leads_to_the_record_that_it_was_read_from(string database)
    {
        await using var shelf = await Shelf.Open(database);
        await Samples.Register(shelf, Samples.Training(), Samples.Evaluation(), Samples.Profile());

        var version = await shelf.Read<ModelVersionView>("models/card/versions/1");

        Assert.Equal(
            ["purpose", "model", "training-data", "evaluation", "fairness", "findings", "limits", "provenance"], version.Card.Sections.Select(section => section.Id));
        var figures = version.Card.Sections.SelectMany(section => section.Figures).ToList();
        Assert.All(figures.Where(figure => figure.Evidence is "training" or "evaluation" or "profile"), figure => Assert.Equal(64, figure.Digest?.Length));
        Assert.Equal(("0.8125", version.Digests.Evaluation), Figure(version, "evaluation", "roc_auc"));
        Assert.Equal(("not a number", version.Digests.Evaluation), Figure(version, "evaluation", "undefined"));
        Assert.Equal(("1,500", version.Digests.Evaluation), Figure(version, "evaluation", "Rows"));
        Assert.Equal("refuse at a score of 0.25 or above, else grant", Figure(version, "evaluation", "Decision").Value);
        Assert.Equal("-0.5 [-0.7, -0.3], standard error 0.1, p < 0.0001", Figure(version, "model", "Coefficient income").Value);
        Assert.Equal("double, in kEUR", Figure(version, "model", "Input income").Value);
        Assert.Equal(("loans version 3", version.Digests.Source), Figure(version, "training-data", "Dataset"));
        Assert.Equal(("10.5 to 90 kEUR", version.Digests.Profile), Figure(version, "limits", "income"));
        Assert.DoesNotContain(version.Card.Sections.Single(section => section.Id == "limits").Figures, figure => figure.Label == "postcode");
        Assert.Equal("selected 0.75 [0.71, 0.79] of 480 rows, ratio 0.833333 [0.79, 0.88], Fisher p 0.001", Figure(version, "fairness", "region = north").Value);
        Assert.Equal("selected 0.9 [0.88, 0.92] of 1,000 rows, the reference", Figure(version, "fairness", "region = south").Value);
        Assert.Equal("20 rows: too few to say anything", Figure(version, "fairness", "region = isle").Value);
        Assert.Equal("5.0.0", Figure(version, "provenance", "Package MathNet.Numerics").Value);
        Assert.Equal("Says who may have a loan.", version.Card.Sections[0].Text);
    }

    [Theory, EachDatabase]
    public async Task A_version_says_everything_that_its_records_say(string database)
    {
        await using var shelf = await Shelf.Open(database);
        await Samples.Register(shelf, Samples.Training(), Samples.Evaluation(), Samples.Profile());

        var version = await shelf.Read<ModelVersionView>("models/card/versions/1");

        Assert.Equal(new MetricFigure("roc_auc", "evaluation", 0.8125), version.Metrics[0]);
        Assert.Equal(new GroupFigure("region", "north", 480, false, false, 0.75, 0.71, 0.79, 0.8333333, 0.79, 0.88, 0.001), version.Fairness[1]);
        Assert.Equal([new VersionFinding("single_feature", "ratio alone explains 0.7 of the deviance.", "ratio", "warning")], version.Findings);
        Assert.Equal([new SignatureField("income", "double", "kEUR"), new SignatureField("ratio", "double")], version.Signature!.Inputs);
        Assert.Equal(new VersionPipeline("monthly", "0192bb"), version.Pipeline);
        Assert.Equal(("loans", 3, 5_000), (version.Data!.Dataset, version.Data.Version, version.Data.Rows));
        Assert.Null(version.Run);
    }

    [Theory, EachDatabase]
    public async Task What_was_not_recorded_is_a_finding_and_a_sentence_in_the_card(string database)
    {
        await using var shelf = await Shelf.Open(database);
        var run = await shelf.CreateRun();
        await shelf.Done("POST", "runs/log-metric", new { run_id = run, key = "loss", value = 0.5, timestamp = 1, step = 0 });
        await shelf.CreateModel("bare");
        await shelf.Register("bare", $"runs:/{run}/model", run);

        var version = await shelf.Read<ModelVersionView>("models/bare/versions/1");

        Assert.Equal(["model", "data", "evaluation", "signature"], version.Findings.Where(finding => finding.Kind == "missing_evidence").Select(finding => finding.Subject));
        Assert.All(version.Card.Sections.Where(section => section.Id is not "findings"), section => Assert.False(string.IsNullOrEmpty(section.Missing), section.Id));
        Assert.Equal([new MetricFigure("loss", "run", 0.5)], version.Metrics);
        Assert.Null(version.Digests.Model);
    }

    [Theory, EachDatabase]
    public async Task A_record_of_another_form_is_a_finding_and_stops_nothing(string database)
    {
        await using var shelf = await Shelf.Open(database);
        var odd = await shelf.Store(new { something = "else" });
        var evidence = new Evidence { ModelDigest = odd, TrainingDigest = odd, EvaluationDigest = new string('0', 64), ProfileDigest = odd, MlmodelDigest = odd, ContractDigest = odd };
        await shelf.Get<RegisterVersion>().Add(Shelf.Owner, new NewVersion("odd", "s3://b/a"), evidence, new AddOptions(CreateModel: true), default);

        var version = await shelf.Read<ModelVersionView>("models/odd/versions/1");

        Assert.Equal(["training", "evaluation", "profile"], version.Findings.Where(finding => finding.Kind == "unreadable_record").Select(finding => finding.Subject));
        Assert.Contains("its blob is not there", version.Findings[1].Detail, StringComparison.Ordinal);
        Assert.Equal(8, version.Card.Sections.Count);
    }

    [Theory, EachDatabase]
    public async Task The_same_model_and_evaluation_again_are_the_version_that_is_there(string database)
    {
        await using var shelf = await Shelf.Open(database);

        var first = await Samples.Register(shelf, Samples.Training(), Samples.Evaluation(), Samples.Profile());
        var again = await Samples.Register(shelf, Samples.Training(), Samples.Evaluation(), Samples.Profile());
        var other = await Samples.Register(shelf, Samples.Training(), Samples.Evaluation(0.75), Samples.Profile());
        await shelf.Done("DELETE", "model-versions/delete", new { name = "card", version = "1" });
        var afterDelete = await Samples.Register(shelf, Samples.Training(), Samples.Evaluation(), Samples.Profile());

        Assert.Equal((1, 1, 2, 3), (first.Number, again.Number, other.Number, afterDelete.Number));
    }

    private static (string Value, string? Digest) Figure(ModelVersionView version, string section, string label)
    {
        var figure = version.Card.Sections.Single(one => one.Id == section).Figures.Single(one => one.Label == label);
        return (figure.Value, figure.Digest);
    }
}
