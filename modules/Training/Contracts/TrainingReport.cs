namespace Slipway.Training.Contracts;

/// <summary>What a training step hands on beside the model, as <c>training.json</c>: enough to say what the model is without reading its file. The same data and settings give the same text.</summary>
/// <param name="Model"><c>logistic</c> or <c>linear</c>.</param>
/// <param name="Coefficients">The intercept first, then one per term, in the order of the features.</param>
/// <param name="Fit">Measures of the fit on the training rows by name (<c>deviance</c>, <c>aic</c>, <c>r2</c>, …); docs/training.md has the formulas.</param>
/// <param name="DataDigest">SHA-256 of the Parquet file that it was fitted to.</param>
/// <param name="ModelDigest">SHA-256 of the ONNX file.</param>
/// <param name="Findings">What the training rows say against the features.</param>
public sealed record TrainingReport(
    string Model, LabelView Label, IReadOnlyList<FeatureView> Features, IReadOnlyList<CoefficientView> Coefficients, IReadOnlyDictionary<string, double> Fit,
    SignatureView Signature, EnvironmentView Environment, IReadOnlyList<FindingView> Findings, string DataDigest, string ModelDigest);

/// <summary>What is predicted.</summary>
/// <param name="Positive">Logistic: the value whose probability is the score; every other value counts as its opposite.</param>
/// <param name="Transform"><c>log</c>: the natural logarithm is predicted, and the score is in its unit.</param>
public sealed record LabelView(string Column, string? Positive = null, string? Transform = null);

/// <summary>How one column enters the model.</summary>
/// <param name="Type">What the model file takes: <c>double</c>, <c>string</c> or <c>bool</c>.</param>
/// <param name="Term"><c>number</c>, <c>bins</c>, <c>indicator</c> or <c>category</c>.</param>
/// <param name="Bins">Edges, ascending.</param>
/// <param name="Positive">Indicator: the value that counts as 1.</param>
/// <param name="Reference">Category: the level that has no coefficient.</param>
/// <param name="Levels">Category: every level of the training rows, sorted.</param>
/// <param name="Transform"><c>log</c> = the natural logarithm.</param>
public sealed record FeatureView(
    string Column, string Type, string Term, IReadOnlyList<double>? Bins = null, string? Positive = null, string? Reference = null,
    IReadOnlyList<string>? Levels = null, string? Transform = null);

/// <param name="Term"><c>(intercept)</c>, <c>income</c>, <c>log(income)</c>, <c>ratio in [0.8, 0.95]</c>, <c>colour = red</c>.</param>
/// <param name="Statistic">z of a logistic, t of a linear model: estimate over standard error.</param>
/// <param name="PValue">Two-sided, of the estimate being 0.</param>
/// <param name="Low">Lower end of the 95 % confidence interval.</param>
/// <param name="Feature">The column; absent for the intercept.</param>
public sealed record CoefficientView(
    string Term, double Estimate, double StandardError, double Statistic, double PValue, double Low, double High, string? Feature = null);

/// <summary>Tensors of the model file.</summary>
public sealed record SignatureView(IReadOnlyList<TensorView> Inputs, IReadOnlyList<TensorView> Outputs);

/// <param name="Type"><c>double</c>, <c>string</c> or <c>bool</c>.</param>
/// <param name="Shape">−1 = any number of rows.</param>
public sealed record TensorView(string Name, string Type, IReadOnlyList<long> Shape);

/// <summary>What the code ran on.</summary>
/// <param name="Packages">Version by name.</param>
public sealed record EnvironmentView(string Runtime, string Os, string Architecture, IReadOnlyDictionary<string, string> Packages);
