using Slipway.Training.Steps;

namespace Slipway.Training.Tests.Steps;

public sealed class TrainSettingsTests
{
    [Fact]
    public void A_sound_step_says_which_columns_are_read_and_how()
    {
        var (settings, faults) = TrainSettings.Read(Yaml.Step(
            """
            {"model": "logistic", "label": {"column": "paid", "positive": "yes"}, "experiment": "e", "weight": "w", "features": [
              {"column": "income", "transform": "log"}, {"column": "ratio", "bins": [0.8, 0.95]}, {"column": "ratio"}, {"column": "job", "reference": "none"}, {"column": "grade", "category": true}]}
            """));

        Assert.Empty(faults);
        Assert.Equal(["income", "ratio", "job", "grade", "paid", "w"], settings!.Columns);
        Assert.True(settings.Logistic);
        Assert.Equal(["with.features[0]", "with.features[1]", "with.features[2]", "with.features[3]", "with.features[4]"], settings.Features.Select(feature => feature.Path));
        Assert.Equal((true, true, true), (settings.Features[0].Log, settings.Features[3].Category, settings.Features[4].Category));
        Assert.Equal([0.8, 0.95], settings.Features[1].Bins!);
    }

    [Theory]
    [InlineData("""{}""", "with.model", "'with.model' is missing.")]
    [InlineData("""{}""", "with.label", "'with.label' is missing.")]
    [InlineData("""{}""", "with.features", "'with.features' is missing.")]
    [InlineData("""{}""", "with.experiment", "'with.experiment' is missing.")]
    [InlineData("""{"model": "forest"}""", "with.model", "'with.model' is 'forest'; one of logistic, linear belongs there.")]
    [InlineData("""{"model": "logistic", "label": {"column": "y"}}""", "with.label.positive", "'with.label.positive' is missing.")]
    [InlineData("""{"model": "linear", "label": {"column": "y", "positive": "a"}}""", "with.label.positive", "'with.label.positive' is for logistic models; a linear one predicts the number itself.")]
    [InlineData("""{"model": "linear", "label": {"column": "y", "transform": "root"}}""", "with.label.transform", "'with.label.transform' is 'root'; one of log belongs there.")]
    [InlineData("""{"features": []}""", "with.features", "'with.features' is empty or faulty; it lists at least one feature, such as { column: income }.")]
    [InlineData("""{"features": [{"column": "a"}, {"colum": "b"}]}""", "with.features[1].column", "'with.features[1].column' is missing.")]
    [InlineData("""{"features": [{"column": "a"}, {"colum": "b"}]}""", "with.features[1].colum", "'with.features[1].colum' is no setting here; there are bins, category, column, positive, reference, transform.")]
    [InlineData("""{"features": [{"column": "a", "bins": []}]}""", "with.features[0].bins", "'with.features[0].bins' is empty; it lists edges in rising order, such as [0.8, 0.95].")]
    [InlineData("""{"features": [{"column": "a", "bins": [2, 1]}]}""", "with.features[0].bins", "'with.features[0].bins' has 1 after 2; edges rise.")]
    [InlineData("""{"features": [{"column": "a", "bins": [2, "x"]}]}""", "with.features[0].bins[1]", "'with.features[0].bins[1]' is 'x'; a number belongs there.")]
    [InlineData("""{"features": [{"column": "a", "bins": [1], "positive": "b"}]}""", "with.features[0].positive", "'with.features[0]' has bins and positive; a feature takes one form. Name the column twice for two.")]
    [InlineData("""{"features": [{"column": "a"}, {"column": "a"}]}""", "with.features", "Feature 'a' stands there 2 times in the same form; once is enough.")]
    [InlineData("""{"model": "linear", "label": {"column": "y"}, "features": [{"column": "a"}, {"column": "y"}]}""", "with.features[1].column", "'y' is the label; a model that is told the answer explains nothing.")]
    [InlineData("""{"label": {"column": "y"}, "weight": "y"}""", "with.weight", "'y' is the label; rows are weighted by another column.")]
    [InlineData("""{"seed": 1}""", "with.seed", "'with.seed' is no setting here; there are experiment, features, label, model, run, weight.")]
    public void A_fault_is_told_with_its_path_and_what_would_be_right(string with, string path, string detail) =>
        Assert.Contains((path, detail), TrainSettings.Read(Yaml.Step(with)).Faults.Select(fault => (fault.Field, fault.Detail)));
}
