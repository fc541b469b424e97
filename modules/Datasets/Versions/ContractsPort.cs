using System.Globalization;
using Slipway.Datasets.Odcs;
using Slipway.Datasets.Ports;
using Slipway.Datasets.Units;
using Slipway.Kernel;

namespace Slipway.Datasets.Versions;

internal sealed class ContractsPort(ContractTexts texts, IBlobStore blobs) : IContracts
{
    public async Task<Result<IReadOnlyList<ContractField>>> Fields(string digest, CancellationToken ct)
    {
        if (!BlobDigest.IsValid(digest) || await blobs.Find(digest, ct) is not { SizeBytes: <= Limits.ContractChars * 4 }) { return Problem.NotFound("contract", digest.Length <= BlobDigest.HexDigits ? digest : ""); }

        return ContractReader.Read(await texts.Text(digest, ct)).Then<IReadOnlyList<ContractField>>(contract => [.. contract.Columns.Select(Of)]);
    }

    public string? UnitFault(string given, string? expected)
    {
        if (!UnitParser.TryParse(given, out var found, out var fault)) { return $"'{(given.Length > UnitParser.MaxChars ? given[..UnitParser.MaxChars] + "…" : given)}' is no unit of UCUM: {fault}{(expected is null ? "" : $"; the contract has '{expected}'")}"; }

        if (expected is null || !UnitParser.TryParse(expected, out var right, out _)) { return $"'{given}' cannot be compared: the contract names no unit"; }

        if (!found.IsComparableTo(right)) { return $"'{given}' measures something else than '{expected}', the unit of the contract"; }

        return SameScale(found, right) ? null
            : string.Create(CultureInfo.InvariantCulture, $"'{given}' is not '{expected}', the unit of the contract: 1 {given} is {found.Convert(1, right):G6} {expected}; convert the values");
    }

    // Annotations such as {ratio} count as 1, so texts may differ.
    private static bool SameScale(Unit one, Unit other) => one.Offset == other.Offset && Math.Abs((one.Scale / other.Scale) - 1) < 1e-12;

    private static ContractField Of(ContractColumn column) => new(column.Name, column.Type?.ToString().ToLowerInvariant(), column.Required, column.Unit?.Text)
    {
        Minimum = column.Options.Minimum,
        Maximum = column.Options.Maximum,
        ExclusiveMinimum = column.Options.ExclusiveMinimum,
        ExclusiveMaximum = column.Options.ExclusiveMaximum,
        MultipleOf = column.Options.MultipleOf,
        MinLength = column.Options.MinLength,
        MaxLength = column.Options.MaxLength,
        Pattern = column.Options.Pattern,
        Allowed = column.Quality.FirstOrDefault(NoOther)?.ValidValues,
    };

    // A rule that allows a few wrong rows says nothing of one value.
    private static bool NoOther(QualityRule rule) =>
        rule is { Metric: QualityMetric.InvalidValues, Severity: Severity.Error, ValidValues: not null, Threshold: { Operator: Operator.MustBe, Low: 0 } };
}
