namespace Slipway.Registry.Contracts;

/// <summary>A version as a line of a list.</summary>
/// <param name="Version">From 1, never given twice under one model.</param>
/// <param name="Source">Where its files are, as it was registered: <c>runs:/…</c>, <c>models:/…</c>, <c>mlflow-artifacts:/…</c>, or an object store's address.</param>
/// <param name="ModelDigest">SHA-256 of the model as it was registered; absent when no file was there.</param>
public sealed record ModelVersionRow(
    long Version, long CreatedMs, string By, ModelStage Stage, IReadOnlyList<string> Aliases, string Source,
    string? Description = null, string? ModelDigest = null, string? RunId = null, string? PipelineRunId = null);

/// <summary>Everything that is known of one version: what it is, where it came from, how good it is, and the card that says so.</summary>
/// <param name="Metrics">What the evaluation measured; without one what was measured last of its logged model, or else what the run logged last.</param>
/// <param name="Fairness">One row per group beside the reference; empty when groups were not evaluated.</param>
/// <param name="Run">Absent when no run of this workspace is named.</param>
/// <param name="Pipeline">Absent when no pipeline registered it.</param>
/// <param name="Signature">Absent when the model's records say nothing about inputs and outputs.</param>
/// <param name="Data">What it was trained on; absent when it was not recorded.</param>
public sealed record ModelVersionView(
    string Model, long Version, long CreatedMs, long UpdatedMs, string By, ModelStage Stage, IReadOnlyList<string> Aliases, IReadOnlyDictionary<string, string> Tags,
    string Source, VersionDigests Digests, IReadOnlyList<MetricFigure> Metrics, IReadOnlyList<GroupFigure> Fairness, IReadOnlyList<VersionFinding> Findings, ModelCard Card,
    string? Description = null, VersionRun? Run = null, VersionPipeline? Pipeline = null, ModelSignature? Signature = null, VersionData? Data = null);

/// <summary>SHA-256 of each thing that makes the version what it is, 64 hex digits; absent = it was not recorded.</summary>
/// <param name="Model">The model file, or the list of its files with their digests when it has several.</param>
/// <param name="Data">The data it was trained on.</param>
/// <param name="Code">The code that made it: the pipeline's definition, or the commit that the run names.</param>
/// <param name="Environment">The libraries and versions it was made with.</param>
/// <param name="Training">The record of the training: terms, coefficients, fit.</param>
/// <param name="Evaluation">The record of the evaluation.</param>
/// <param name="Source">The dataset that the training data is a part of.</param>
/// <param name="Contract">The contract that the dataset kept.</param>
/// <param name="Profile">The distributions of the dataset.</param>
public sealed record VersionDigests(
    string? Model = null, string? Data = null, string? Code = null, string? Environment = null, string? Training = null, string? Evaluation = null,
    string? Source = null, string? Contract = null, string? Profile = null);

public sealed record VersionRun(string RunId, string ExperimentId, string Name, string Status);

public sealed record VersionPipeline(string Pipeline, string RunId);

/// <param name="Inputs">In the order in which the model takes them.</param>
public sealed record ModelSignature(IReadOnlyList<SignatureField> Inputs, IReadOnlyList<SignatureField> Outputs);

/// <param name="Type">As the model's file says it, such as <c>double</c>, <c>string</c>.</param>
/// <param name="Unit">Of the contract, such as <c>percent</c>; absent when none is given.</param>
public sealed record SignatureField(string Name, string Type, string? Unit = null);

/// <param name="Dataset">Name of the dataset; absent when only the bytes are known.</param>
/// <param name="Rows">Of the dataset's version.</param>
public sealed record VersionData(string? Dataset = null, long? Version = null, long? Rows = null, string? ContractDigest = null, string? ProfileDigest = null);

/// <param name="Value">Absent = not a number.</param>
/// <param name="From"><c>evaluation</c>, <c>model</c> (logged of the model that the version is of) or <c>run</c>.</param>
public sealed record MetricFigure(string Name, string From, double? Value = null);

/// <summary>One group beside its reference.</summary>
/// <param name="Count">Rows of the group in the evaluation.</param>
/// <param name="SelectionRate">Share selected, 0 to 1, with a 95 % Clopper–Pearson interval.</param>
/// <param name="Ratio">Rate of the group divided by that of the reference, with a 95 % Katz interval.</param>
/// <param name="FisherP">Two-sided p of Fisher's exact test.</param>
/// <param name="IsReference">This row is the reference itself; it has no ratio.</param>
/// <param name="TooSmall">Fewer rows than the evaluation's minimum: the figures are shown and decide nothing.</param>
public sealed record GroupFigure(
    string Column, string Group, long Count, bool IsReference, bool TooSmall, double? SelectionRate = null, double? SelectionLow = null, double? SelectionHigh = null,
    double? Ratio = null, double? RatioLow = null, double? RatioHigh = null, double? FisherP = null);

/// <summary>Something that a person should look at before the version is used.</summary>
/// <param name="Kind">Stable name, such as <c>single_feature</c>, <c>missing_evidence</c>, <c>unreadable_record</c>.</param>
/// <param name="Subject">What it is about, such as a feature; absent when it is the whole version.</param>
/// <param name="Severity"><c>warning</c> or <c>notice</c>.</param>
public sealed record VersionFinding(string Kind, string Detail, string? Subject = null, string Severity = "notice");

/// <summary>What a pipeline's <c>register</c> step hands on.</summary>
public sealed record RegisteredVersion(string Model, long Version, VersionDigests Digests);
