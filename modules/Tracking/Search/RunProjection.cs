using Slipway.Kernel;
using Slipway.Kernel.Search;

namespace Slipway.Tracking.Search;

/// <summary>Which of the metrics, parameters and tags of a run a list carries; what a run is by itself (id, name, status, times, …) always comes. Null = all of that kind.</summary>
internal sealed record RunProjection(IReadOnlyCollection<string>? Metrics, IReadOnlyCollection<string>? Params, IReadOnlyCollection<string>? Tags)
{
    public static readonly RunProjection All = new(null, null, null);

    /// <param name="fields">
    /// Each <c>metrics.KEY</c>, <c>params.KEY</c> or <c>tags.KEY</c> with the key written as in filters, or <c>metrics.*</c> and so on for all of a kind, or <c>info</c>, which always comes; null = everything.
    /// </param>
    public static Result<RunProjection> Parse(IReadOnlyList<string>? fields)
    {
        if (fields is null) { return All; }

        if (fields.Count > Limits.PageRows) { return Problem.Invalid("fields", $"'fields' has {fields.Count} entries; at most {Limits.PageRows} are read. 'metrics.*' asks for all metrics."); }

        var chosen = new Dictionary<FieldKind, HashSet<string>?> { [FieldKind.Metric] = [], [FieldKind.Param] = [], [FieldKind.Tag] = [] };
        foreach (var text in fields)
        {
            if (text == "info") { continue; }

            if (One(text) is not var (kind, key)) { return Problem.Invalid("fields", $"'{text}' names no field of a run; write metrics.KEY, params.KEY or tags.KEY, or metrics.* for all of a kind."); }

            if (key is null) { chosen[kind] = null; }
            else { chosen[kind]?.Add(key); }
        }

        return new RunProjection(chosen[FieldKind.Metric], chosen[FieldKind.Param], chosen[FieldKind.Tag]);
    }

    private static (FieldKind Kind, string? Key)? One(string text)
    {
        var all = text.EndsWith(".*", StringComparison.Ordinal);
        var lexer = new FilterLexer(all ? text[..^1] + "x" : text);
        return lexer.TryIdentifier(out var prefix, out var key) && lexer.AtEnd && prefix is not null
            && Fields.Runs.Prefixes.TryGetValue(prefix, out var kind) && kind is FieldKind.Metric or FieldKind.Param or FieldKind.Tag ? (kind, all ? null : key) : null;
    }
}
