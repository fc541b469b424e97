using Slipway.OnnxRuntime;
using Slipway.Training.Design;
using Slipway.Training.Fitting;
using Slipway.Training.Onnx;

namespace Slipway.Training.Tests.Onnx;

public sealed class ModelFileTests
{
    private static readonly FeatureRule[] EveryKind =
    [
        new("a"), new("b") { Log = true }, new("a") { Bins = [0] }, new("b") { Bins = [0.5, 1, 2] }, new("n") { Category = true }, new("n") { Positive = "3" },
        new("t"), new("f"), new("t") { Positive = "red" },
    ];

    [Fact]
    public void The_scorecards_file_scores_every_row_as_the_formula_does() => Same(Train(Samples.ScorecardRules, Tables.Mortgage, Samples.Denied, logistic: true), Tables.Mortgage);

    [Fact]
    public void The_earnings_file_predicts_every_row_as_the_formula_does() => Same(Train(Samples.EarningsRules, Tables.Earnings, Samples.LogEarnings, logistic: false), Tables.Earnings);

    [Fact]
    public void Every_kind_of_term_is_in_the_file()
    {
        var columns = Made(400);
        var model = Train([.. EveryKind.Take(5), EveryKind[6], EveryKind[7]], columns, Tables.Normals(9, 400), logistic: false);

        Same(model, columns);
        Assert.Equal(["a", "b", "n", "t", "f"], OnnxSession.Load(ModelFile.Write(model)).Inputs.Select(input => input.Name));
    }

    [Fact]
    public void Indicators_of_numbers_and_texts_are_in_the_file()
    {
        var columns = Made(400);

        Same(Train([EveryKind[0], EveryKind[5], EveryKind[8]], columns, Tables.Normals(9, 400), logistic: false), columns);
    }

    [Theory]
    [InlineData(0.79999999, 0)]
    [InlineData(0.8, 1)]
    [InlineData(0.95, 1)]
    [InlineData(0.950000001, 2)]
    public void The_files_edges_are_those_of_the_bins(double value, int group)
    {
        double[] x = [0.5, 0.6, 0.8, 0.9, 0.95, 1, 1.1, 1.2], label = [1, 1, 10, 10, 10, 100, 100, 100];
        var model = Train([new("x") { Bins = [0.8, 0.95] }], new Dictionary<string, Column> { ["x"] = Column.OfNumbers("x", x) }, label, logistic: false);

        var score = ModelScorer.Score(ModelFile.Write(model), new Dictionary<string, Column> { ["x"] = Column.OfNumbers("x", [value]) }, 1, CancellationToken.None).Value[0];

        Assert.Equal(Math.Pow(10, group), score, 1e-9);
    }

    [Fact]
    public void The_same_model_gives_the_same_bytes() => Assert.Equal(
        ModelFile.Write(Train(Samples.ScorecardRules, Tables.Mortgage, Samples.Denied, logistic: true)),
        ModelFile.Write(Train(Samples.ScorecardRules, Tables.Mortgage, Samples.Denied, logistic: true)));

    [Fact]
    public void Our_own_check_finds_nothing_in_it() =>
        Assert.Empty(OnnxFileCheck.Check(ModelFile.Write(Train(Samples.EarningsRules, Tables.Earnings, Samples.LogEarnings, logistic: false))));

    [Theory]
    [InlineData("t", "violet")]
    [InlineData("n", "4")]
    public void A_level_that_training_has_not_seen_has_no_score(string column, string level)
    {
        var columns = Made(50);
        var model = Train([new(column) { Category = true }], columns, Tables.Normals(9, 50), logistic: false);
        var unseen = column == "t" ? Column.OfTexts("t", ["red", level]) : Column.OfNumbers("n", [1, double.Parse(level)]);

        var problem = ModelScorer.Score(ModelFile.Write(model), new Dictionary<string, Column> { [column] = unseen }, 2, CancellationToken.None).Problem!;

        Assert.StartsWith($"The model has no score for row 2 ({column} = {level})", problem.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_number_that_is_none_falls_into_no_bin(double value)
    {
        var columns = Made(50);
        var model = Train([new("a") { Bins = [0] }], columns, Tables.Normals(9, 50), logistic: false);

        Assert.NotNull(ModelScorer.Score(ModelFile.Write(model), new Dictionary<string, Column> { ["a"] = Column.OfNumbers("a", [value]) }, 1, CancellationToken.None).Problem);
    }

    [Fact]
    public void Data_that_does_not_fit_the_model_is_refused_column_by_column()
    {
        var model = Train([new("a"), new("t")], Made(50), Tables.Normals(9, 50), logistic: false);

        var problem = ModelScorer.Score(ModelFile.Write(model), new Dictionary<string, Column> { ["t"] = Column.OfNumbers("t", [1]) }, 1, CancellationToken.None).Problem!;

        Assert.Equal(2, problem.Faults.Count);
        Assert.Equal("The model takes 'a', which the data does not have.", problem.Faults[0].Detail);
    }

    [Fact]
    public void Bytes_that_are_no_model_are_refused() => Assert.Equal("model_refused", ModelScorer.Score([1, 2, 3], Tables.Mortgage, 1, CancellationToken.None).Problem!.Code);

    private static void Same(TrainedModel model, IReadOnlyDictionary<string, Column> columns)
    {
        var design = DesignMatrix.Make(model.Features, columns, model.Design.Rows).Value;

        var scores = ModelScorer.Score(ModelFile.Write(model), columns, design.Rows, CancellationToken.None).Value;

        for (var row = 0; row < design.Rows; row++) { Assert.Equal(model.Score(design.Columns, row), scores[row], 1e-9); }
    }

    private static TrainedModel Train(FeatureRule[] rules, IReadOnlyDictionary<string, Column> columns, double[] label, bool logistic)
    {
        var features = FeaturePlan.Make(rules, columns).Value;
        var design = DesignMatrix.Make(features, columns, label.Length).Value;
        var fit = logistic ? LogisticFit.Run(design, label, Samples.Ones(label.Length), default) : LinearFit.Run(design, label, Samples.Ones(label.Length), default);
        return new TrainedModel(logistic, new LabelRule("y"), features, design, fit.Value);
    }

    private static Dictionary<string, Column> Made(int rows)
    {
        string[] colours = ["blue", "red", "grün", ""];
        return new()
        {
            ["a"] = Column.OfNumbers("a", Tables.Normals(1, rows)),
            ["b"] = Column.OfNumbers("b", Array.ConvertAll(Tables.Normals(2, rows), Math.Exp)),
            ["n"] = Column.OfNumbers("n", Array.ConvertAll(Tables.Minstd(3, rows), u => Math.Floor(u * 3) + 1)),
            ["t"] = Column.OfTexts("t", Array.ConvertAll(Tables.Minstd(4, rows), u => (string?)colours[(int)(u * 4)])),
            ["f"] = Column.OfBooleans("f", Array.ConvertAll(Tables.Minstd(5, rows), u => (bool?)(u > 0.3))),
        };
    }
}
