using System.Globalization;
using System.Text.RegularExpressions;

namespace Slipway.Datasets.Odcs;

/// <summary>Reads <c>logicalTypeOptions</c>, which differ by type.</summary>
internal static class TypeOptionsReader
{
    public static TypeOptions Read(YamlObject options, LogicalType? type)
    {
        switch (type)
        {
            case LogicalType.Integer or LogicalType.Number: return Numbers(options);
            case LogicalType.String:
                var texts = new TypeOptions { MinLength = options.Whole("minLength"), MaxLength = options.Whole("maxLength"), Pattern = Pattern(options, "pattern") };
                options.RefuseOthers("format");
                if (texts.MinLength > texts.MaxLength) { options.Wrong("minLength", $"is {texts.MinLength}, above maxLength {texts.MaxLength}"); }

                return texts;
            case LogicalType.Date or LogicalType.Timestamp or LogicalType.Time: return Times(options, type.Value);
            default:
                options.RefuseOthers();
                return new TypeOptions();
        }
    }

    /// <summary>A regular expression that takes time linear in its text; null, with a fault, when it is none.</summary>
    public static string? Pattern(YamlObject options, string name)
    {
        if (options.Text(name) is not { } pattern) { return null; }

        try
        {
            if (pattern.Length > 1_000) { options.Wrong(name, $"has {pattern.Length} characters; a pattern may have 1,000"); }
            else { _ = new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant); }

            return pattern;
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            options.Wrong(name, $"is no pattern that can be checked: {error.Message}");
            return null;
        }
    }

    private static TypeOptions Numbers(YamlObject options)
    {
        var read = new TypeOptions
        {
            Minimum = options.Number("minimum"), Maximum = options.Number("maximum"), ExclusiveMinimum = options.Number("exclusiveMinimum"),
            ExclusiveMaximum = options.Number("exclusiveMaximum"), MultipleOf = options.Number("multipleOf"),
        };
        options.RefuseOthers("format");
        if (read.Minimum > read.Maximum) { options.Wrong("minimum", string.Create(CultureInfo.InvariantCulture, $"is {read.Minimum}, above maximum {read.Maximum}")); }

        if (read.ExclusiveMinimum >= read.ExclusiveMaximum) { options.Wrong("exclusiveMinimum", string.Create(CultureInfo.InvariantCulture, $"is {read.ExclusiveMinimum}, not below exclusiveMaximum {read.ExclusiveMaximum}")); }

        if (read.MultipleOf <= 0) { options.Wrong("multipleOf", "is not above 0"); }

        return read;
    }

    private static TypeOptions Times(YamlObject options, LogicalType type)
    {
        string[] formats = type switch
        {
            LogicalType.Date => ["yyyy-MM-dd"],
            LogicalType.Time => ["HH:mm:ss"],
            _ => ["yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ssXXX", "yyyy-MM-dd HH:mm:ss"],
        };
        if (options.Text("format") is { } format && !formats.Contains(format)) { options.Wrong("format", $"is '{format}'; ISO 8601 is read here: {string.Join(" or ", formats)}"); }

        var read = new TypeOptions { Earliest = Instant(options, "minimum", type), Latest = Instant(options, "maximum", type) };
        options.RefuseOthers("timezone", "defaultTimezone", "exclusiveMinimum", "exclusiveMaximum");
        return read;
    }

    private static string? Instant(YamlObject options, string name, LogicalType type)
    {
        if (options.Text(name) is not { } text) { return null; }

        var right = type switch
        {
            LogicalType.Date => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
            LogicalType.Time => TimeOnly.TryParseExact(text, "HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
            _ => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _),
        };
        if (right) { return text; }

        options.Wrong(name, $"is '{text}', which is no {type.ToString().ToLowerInvariant()} in ISO 8601");
        return null;
    }
}
