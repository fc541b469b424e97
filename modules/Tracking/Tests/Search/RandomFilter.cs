using System.Globalization;

namespace Slipway.Tracking.Tests.Search;

/// <summary>A filter as text, and what it means, written down beside each other and apart from the product's parser, planner and SQL.</summary>
internal sealed record RandomFilter(string Text, Func<SampleRun, bool> Meets)
{
    private static readonly string[] Statuses = ["RUNNING", "SCHEDULED", "FINISHED", "FAILED", "KILLED", "running", "F%", "%ED"];
    private static readonly string[] Patterns = ["%", "a%", "%B", "_b", "a_b", "%*%", "[x]", "%'%", "L%", "C:\\%", "50%", "n_e", ""];

    /// <summary>By the grammar: OR over AND over NOT, parentheses and clauses.</summary>
    public static RandomFilter Any(Random random, IReadOnlyList<SampleRun> runs, int depth) =>
        Joined(random, () => Joined(random, () => One(random, runs, depth), depth, " AND ", all: true), depth, " OR ", all: false);

    private static RandomFilter Joined(Random random, Func<RandomFilter> part, int depth, string word, bool all)
    {
        RandomFilter[] parts = [.. Enumerable.Range(0, 1 + (depth > 0 ? random.Next(3) : 0)).Select(_ => part())];
        return new(string.Join(random.Next(2) == 0 ? word : word.ToLowerInvariant(), parts.Select(one => one.Text)), run => all ? parts.All(one => one.Meets(run)) : parts.Any(one => one.Meets(run)));
    }

    private static RandomFilter One(Random random, IReadOnlyList<SampleRun> runs, int depth)
    {
        if (depth == 0 || random.Next(3) > 0) { return Clause(random, runs); }

        if (random.Next(2) == 0) { return Any(random, runs, depth - 1) is var inner ? inner with { Text = $"({inner.Text})" } : inner; }

        return One(random, runs, depth - 1) is var turned ? new($"NOT {turned.Text}", run => !turned.Meets(run)) : turned;
    }

    private static RandomFilter Clause(Random random, IReadOnlyList<SampleRun> runs)
    {
        switch (random.Next(8))
        {
            case 0 or 1:
                var metric = Pick(random, [.. SampleRun.MetricKeys, "nobody"]);
                return Number(random, $"metrics.{Quoted(metric)}", run => run.Metrics.TryGetValue(metric, out var value) ? value : null);
            case 2 or 3:
                var param = Pick(random, [.. SampleRun.ParamKeys, "nobody"]);
                return Texts(random, $"params.{Quoted(param)}", run => run.Params.GetValueOrDefault(param), SampleRun.Texts);
            case 4:
                var tag = Pick(random, [.. SampleRun.TagKeys, "nobody"]);
                return Texts(random, $"tags.{Quoted(tag)}", run => run.Tags.GetValueOrDefault(tag), SampleRun.Texts);
            case 5:
                return random.Next(2) == 0 ? Number(random, "start_time", run => run.StartMs) : Number(random, "attributes.end_time", run => run.EndMs);
            case 6:
                return Texts(random, "attributes.status", run => run.Status.ToString().ToUpperInvariant(), Statuses);
            default:
                return random.Next(4) switch
                {
                    0 => Texts(random, "run_id", run => run.RunId, [.. Enumerable.Range(0, 4).Select(_ => Pick(random, runs).RunId)]),
                    1 => Texts(random, "user_id", run => run.User, ["ann", "Bob", "bob", ""]),
                    2 => Texts(random, "artifact_uri", run => run.ArtifactUri, [Pick(random, runs).ArtifactUri, "%/1/%"]),
                    _ => Texts(random, "attributes.`run_name`", run => run.Name, SampleRun.Texts),
                };
        }
    }

    private static RandomFilter Number(Random random, string field, Func<SampleRun, double?> of)
    {
        if (Null(random, field, run => of(run) is null) is { } isNull) { return isNull; }

        var value = Pick(random, [-1.5, 0, 0.3, 0.5, 1, 2, 3, 1e6]);
        var sign = Pick(random, ["=", "!=", "<", "<=", ">", ">="]);
        return new(string.Create(CultureInfo.InvariantCulture, $"{field} {sign} {value}"), run => of(run) is { } own && sign switch
        {
            "=" => own == value,
            "!=" => own != value,
            "<" => own < value,
            "<=" => own <= value,
            ">" => own > value,
            _ => own >= value,
        });
    }

    private static RandomFilter Texts(Random random, string field, Func<SampleRun, string?> of, string[] values)
    {
        if (Null(random, field, run => of(run) is null) is { } isNull) { return isNull; }

        var (value, pattern) = (Pick(random, values), random.Next(2) == 0 ? Pick(random, Patterns) : Pick(random, values));
        string[] list = [.. Enumerable.Range(0, 1 + random.Next(3)).Select(_ => Pick(random, values))];
        var lists = "(" + string.Join(", ", list.Select(Literal)) + ")";
        return random.Next(6) switch
        {
            0 or 1 => new($"{field} = {Literal(value)}", run => of(run) == value),
            2 => new($"{field} != {Literal(value)}", run => of(run) is { } own && own != value),
            3 => random.Next(2) == 0
                ? new($"{field} LIKE {Literal(pattern)}", run => of(run) is { } own && IsLike(own, pattern))
                : new($"{field} ilike {Literal(pattern)}", run => of(run) is { } own && IsLike(own.ToLowerInvariant(), pattern.ToLowerInvariant())),
            4 => new($"{field} IN {lists}", run => of(run) is { } own && list.Contains(own)),
            _ => new($"{field} not in {lists}", run => of(run) is { } own && !list.Contains(own)),
        };
    }

    private static RandomFilter? Null(Random random, string field, Func<SampleRun, bool> missing) => random.Next(10) switch
    {
        0 => new($"{field} IS NULL", missing),
        1 => new($"{field} is not null", run => !missing(run)),
        _ => null,
    };

    /// <summary>By the definition: the first sign of the pattern against the first of the text.</summary>
    private static bool IsLike(ReadOnlySpan<char> text, ReadOnlySpan<char> pattern)
    {
        if (pattern.IsEmpty) { return text.IsEmpty; }

        if (pattern[0] != '%') { return !text.IsEmpty && (pattern[0] == '_' || pattern[0] == text[0]) && IsLike(text[1..], pattern[1..]); }

        for (var skip = 0; skip <= text.Length; skip++)
        {
            if (IsLike(text[skip..], pattern[1..])) { return true; }
        }

        return false;
    }

    private static string Quoted(string key) => key.Contains(' ', StringComparison.Ordinal) ? $"`{key}`" : key;

    private static string Literal(string text) => text.Contains('"', StringComparison.Ordinal) ? $"'{text.Replace("'", "''", StringComparison.Ordinal)}'" : $"\"{text}\"";

    private static T Pick<T>(Random random, IReadOnlyList<T> all) => all[random.Next(all.Count)];
}
