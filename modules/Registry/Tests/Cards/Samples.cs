using Slipway.Registry.Versions;
using Slipway.Training.Contracts;

namespace Slipway.Registry.Tests.Cards;

/// <summary>Records as the training and evaluation steps write them, small.</summary>
internal static class Samples
{
    public const string Contract = """
        apiVersion: v3.1.0
        kind: DataContract
        version: 1.0.0
        schema:
          - name: loans
            properties:
              - name: income
                logicalType: number
                customProperties: [ { property: unitOfMeasure, value: kEUR } ]
              - name: ratio
                logicalType: number
        """;

    public static object Profile(double maxIncome = 90) => new
    {
        version = 1,
        columns = new object[]
        {
            new { name = "income", count = 70, min = 10.5, max = maxIncome },
            new { name = "ratio", count = 70, min = 0, max = 1.5 },
            new { name = "postcode", count = 70, min = "01067", max = "99998" },
        },
    };

    public static TrainingReport Training(double income = -0.5) => new(
        "logistic", new LabelView("default", "yes"),
        [new FeatureView("income", "double", "number"), new FeatureView("ratio", "double", "bins", [0.8, 0.95])],
        [
            new CoefficientView("(intercept)", -1, 0.1, -10, 0, -1.2, -0.8), new CoefficientView("income", income, 0.1, -5, 1e-6, income - 0.2, income + 0.2, "income"),
            new CoefficientView("ratio in [0.8, 0.95]", 1.25, 0.2, 6.25, 1e-9, 0.86, 1.64, "ratio"),
        ],
        new Dictionary<string, double> { ["deviance"] = 812.25 },
        new SignatureView([new TensorView("income", "double", [-1]), new TensorView("ratio", "double", [-1])], [new TensorView("score", "double", [-1])]),
        new EnvironmentView(".NET 10.0.1", "Linux", "x64", new Dictionary<string, string> { ["MathNet.Numerics"] = "5.0.0" }), [], new string('d', 64), new string('a', 64));

    public static EvaluationReport Evaluation(double auc = 0.8125) => new(
        "binary", new string('a', 64), new string('e', 64), 1_500, new LabelView("default", "yes"),
        new Dictionary<string, double?> { ["roc_auc"] = auc, ["brier"] = 0.1, ["undefined"] = null },
        [new FindingView("single_feature", "warning", "ratio", "ratio alone explains 0.7 of the deviance.")],
        [
            new GroupComparisonView(
                "region", "south", 30,
                [
                    new GroupView("south", 1_000, false, 900, 0.9, new IntervalView(0.88, 0.92)), new GroupView("north", 480, false, 360, 0.75, new IntervalView(0.71, 0.79)),
                    new GroupView("isle", 20, true),
                ],
                [new ContrastView("north", "south", new RateRatioView(-0.15, 0.001, 0.8333333, new IntervalView(0.79, 0.88)), new RateRatioView(-0.1, 0.01, 0.9))]),
        ],
        new DecisionView(0.25, "refuse", "grant", "grant"), new ConfusionView(100, 50, 1_300, 50));

    /// <summary>Stores the records and registers a version of them, as a pipeline does.</summary>
    public static async Task<ModelVersion> Register(Shelf shelf, TrainingReport training, EvaluationReport evaluation, object profile, string model = "card")
    {
        var evidence = new Evidence
        {
            ModelDigest = await shelf.Store(new { model, training.Coefficients }), DataDigest = new string('d', 64), CodeDigest = new string('c', 64), EnvironmentDigest = new string('f', 64),
            TrainingDigest = await shelf.Store(training), EvaluationDigest = await shelf.Store(evaluation), SourceDigest = new string('b', 64),
            ContractDigest = (await shelf.Get<Kernel.IBlobStore>().Put(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(Contract)), default)).Digest,
            ProfileDigest = await shelf.Store(profile), Dataset = "loans", DatasetVersion = 3, DatasetRows = 5_000, Pipeline = "monthly", PipelineRunId = "0192bb",
        };
        var added = await shelf.Get<RegisterVersion>().Add(
            Shelf.Owner, new NewVersion(model, "pipeline:/0192bb/train.model", Description: "Says who may have a loan."), evidence, new AddOptions(CreateModel: true, Once: true), default);
        return added.Value.Version;
    }
}
