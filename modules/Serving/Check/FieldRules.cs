using System.Globalization;
using System.Text.RegularExpressions;
using Slipway.Datasets.Ports;
using Slipway.OnnxRuntime;
using Slipway.Training.Contracts;

namespace Slipway.Serving.Check;

/// <summary>The rules of a model's inputs, one each: from the model file, the contract of the data, and the levels that training has seen.</summary>
internal static class FieldRules
{
    /// <summary>Null when the element type cannot be served as JSON.</summary>
    public static FieldKind? KindOf(OnnxElementType type) => type switch
    {
        OnnxElementType.Float or OnnxElementType.Double => FieldKind.Number,
        OnnxElementType.Int8 or OnnxElementType.Int16 or OnnxElementType.Int32 or OnnxElementType.Int64
            or OnnxElementType.UInt8 or OnnxElementType.UInt16 or OnnxElementType.UInt32 or OnnxElementType.UInt64 => FieldKind.Integer,
        OnnxElementType.Bool => FieldKind.Boolean,
        OnnxElementType.String => FieldKind.Text,
        _ => null,
    };

    /// <param name="contract">Null when the version's data had none.</param>
    /// <param name="training">Null when the version has no training record.</param>
    public static FieldRule Of(OnnxValueInfo input, IReadOnlyList<ContractField>? contract, TrainingReport? training)
    {
        var kind = KindOf(input.ElementType)!.Value;
        var field = contract?.FirstOrDefault(field => field.Name == input.Name);
        var whole = field?.Type == "integer" && kind == FieldKind.Number;
        var rule = new FieldRule(input.Name, whole ? FieldKind.Integer : kind, kind == FieldKind.Number && field is { Required: false }) { Unit = field?.Unit };
        var (least, most) = RangeOf(input.ElementType);
        rule = rule with { Minimum = least, Maximum = most };
        if (field is not null)
        {
            rule = rule with
            {
                Minimum = field.Minimum ?? least, Maximum = field.Maximum ?? most, ExclusiveMinimum = field.ExclusiveMinimum, ExclusiveMaximum = field.ExclusiveMaximum,
                MultipleOf = field.MultipleOf, MinLength = field.MinLength, MaxLength = field.MaxLength, Allowed = kind == FieldKind.Boolean ? null : field.Allowed is { } allowed ? Texts(allowed, kind) : null,
                Pattern = field.Pattern is { } pattern ? new Regex($"^(?:{pattern})$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant) : null,
            };
        }

        return rule.Allowed is null && LevelsOf(input.Name, training) is { } levels && kind != FieldKind.Boolean ? rule with { Allowed = Texts(levels, kind) } : rule;
    }

    // A level that training has not seen has no coefficient, so the model has no score for it.
    private static IReadOnlyList<string>? LevelsOf(string column, TrainingReport? training) =>
        training?.Features.FirstOrDefault(feature => feature.Column == column && feature.Term == "category")?.Levels;

    // Numbers in the form in which values are compared with them.
    private static List<string> Texts(IReadOnlyList<string> values, FieldKind kind) => kind == FieldKind.Text ? [.. values]
        : [.. values.Select(value => double.TryParse(value, CultureInfo.InvariantCulture, out var number) ? number.ToString("R", CultureInfo.InvariantCulture) : value)];

    private static (double? Least, double? Most) RangeOf(OnnxElementType type) => type switch
    {
        OnnxElementType.Int8 => (sbyte.MinValue, sbyte.MaxValue),
        OnnxElementType.Int16 => (short.MinValue, short.MaxValue),
        OnnxElementType.Int32 => (int.MinValue, int.MaxValue),
        OnnxElementType.UInt8 => (0, byte.MaxValue),
        OnnxElementType.UInt16 => (0, ushort.MaxValue),
        OnnxElementType.UInt32 => (0, uint.MaxValue),
        // What a double holds exactly.
        OnnxElementType.Int64 => (-9_007_199_254_740_992, 9_007_199_254_740_992),
        OnnxElementType.UInt64 => (0, 9_007_199_254_740_992),
        _ => (null, null),
    };
}
