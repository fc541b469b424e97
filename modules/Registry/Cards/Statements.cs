using Slipway.Registry.Contracts;

namespace Slipway.Registry.Cards;

/// <summary>A version as single statements, for comparing it with another: what is the same in both has the same section, field and text.</summary>
internal static class Statements
{
    /// <summary>The sections in the order in which a difference lists them.</summary>
    public static readonly IReadOnlyList<string> Sections =
        ["digests", "signature", "features", "coefficients", "metrics", "fairness", "data", "contract", "environment", "provenance"];

    public static IEnumerable<Statement> Of(VersionRecords records) =>
    [
        .. records.Evidence.Named().Select(digest => new Statement("digests", digest.Key, digest.Value)),
        .. Signature(records),
        .. Training(records),
        .. records.Metrics.Select(metric => Number("metrics", metric.Name, metric.Value)),
        .. records.Fairness.SelectMany(Group),
        .. (records.Profile ?? []).SelectMany(column => column.Figures.Select(figure => Parsed("data", $"{column.Name}.{figure.Key}", figure.Value))),
        .. records.Evidence.DatasetVersion is { } version ? [new Statement("data", "dataset", $"{records.Evidence.Dataset} version {version}")] : (Statement[])[],
        .. (records.Contract?.Statements ?? new Dictionary<string, string>()).Select(line => Parsed("contract", line.Key, line.Value)),
        .. Environment(records),
        .. Provenance(records),
    ];

    private static IEnumerable<Statement> Signature(VersionRecords records) => records.Signature is not { } signature ? [] :
    [
        .. signature.Inputs.Select(field => new Statement("signature", $"input {field.Name}", field.Unit is null ? field.Type : $"{field.Type}, in {field.Unit}")),
        .. signature.Outputs.Select(field => new Statement("signature", $"output {field.Name}", field.Type)),
    ];

    private static IEnumerable<Statement> Training(VersionRecords records) => records.Training is not { } training ? [] :
    [
        new Statement("features", "model", training.Model),
        new Statement("features", "label", training.Label.Positive is { } positive ? $"{training.Label.Column} = {positive}" : training.Label.Column),
        .. training.Features.Select(feature => new Statement(
            "features", feature.Column,
            string.Join(", ", new[]
            {
                feature.Type, feature.Term, feature.Bins is { } bins ? $"edges {string.Join(" ", bins.Select(edge => Figures.Text(edge)))}" : null,
                feature.Positive is { } one ? $"1 = {one}" : null, feature.Reference is { } reference ? $"reference {reference}" : null, feature.Transform,
            }.OfType<string>()))),
        .. training.Coefficients.Select(term => Number("coefficients", term.Term, term.Estimate)),
        .. training.Fit.Select(fit => Number("metrics", $"fit {fit.Key}", fit.Value)),
    ];

    private static IEnumerable<Statement> Group(GroupFigure group) =>
    [
        Number("fairness", $"{group.Column} = {group.Group}: rows", group.Count),
        .. group.SelectionRate is { } rate ? [Number("fairness", $"{group.Column} = {group.Group}: selection rate", rate)] : (Statement[])[],
        .. group.Ratio is { } ratio ? [Number("fairness", $"{group.Column} = {group.Group}: ratio", ratio)] : (Statement[])[],
    ];

    private static IEnumerable<Statement> Environment(VersionRecords records) => records.Training?.Environment is not { } environment ? [] :
    [
        new Statement("environment", "runtime", environment.Runtime), new Statement("environment", "os", environment.Os), new Statement("environment", "architecture", environment.Architecture),
        .. environment.Packages.Select(package => new Statement("environment", package.Key, package.Value)),
    ];

    private static IEnumerable<Statement> Provenance(VersionRecords records) =>
        from part in new[] { ("run", records.Evidence.RunId), ("pipeline", records.Evidence.Pipeline), ("pipeline run", records.Evidence.PipelineRunId), ("source", records.Version.Source), ("by", records.Version.By) }
        where part.Item2 is not null
        select new Statement("provenance", part.Item1, part.Item2);

    private static Statement Number(string section, string field, double? value) => new(section, field, Figures.Text(value)) { Value = value };

    private static Statement Parsed(string section, string field, string text) => new(section, field, text)
    {
        Value = double.TryParse(text, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null,
    };
}

/// <param name="Text">Ready to read.</param>
internal sealed record Statement(string Section, string Field, string Text)
{
    /// <summary>As a number, exactly; null when it is none.</summary>
    public double? Value { get; init; }
}
