using Slipway.Tracking.Contracts;

namespace Slipway.Tracking.Tests.Search;

/// <summary>An order as clients write it, and what it means: numbers, then NaN, then what is missing, whatever the direction.</summary>
internal sealed record RandomOrder(string Text, Comparison<SampleRun> Compare)
{
    /// <summary>One to three orders of different fields, or none; then the newest first, then by id.</summary>
    public static (string[] Texts, Comparison<SampleRun> Compare) Some(Random random)
    {
        List<Func<RandomOrder>> fields =
        [
            () => Number(random, "metrics.acc", run => run.Metrics.TryGetValue("acc", out var value) ? value : null),
            () => Number(random, "metrics.nobody", _ => null),
            () => Number(random, "start_time", run => run.StartMs),
            () => Number(random, "end_time", run => run.EndMs),
            () => OfText(random, "params.lr", run => run.Params.GetValueOrDefault("lr")),
            () => OfText(random, "tags.team", run => run.Tags.GetValueOrDefault("team")),
            () => OfText(random, "run_name", run => run.Name),
            () => OfText(random, "status", run => run.Status.ToString().ToUpperInvariant()),
            () => OfText(random, "run_id", run => run.RunId),
        ];
        var orders = new List<RandomOrder>();
        for (var count = random.Next(4); orders.Count < count;)
        {
            var at = random.Next(fields.Count);
            orders.Add(fields[at]());
            fields.RemoveAt(at);
        }

        return ([.. orders.Select(order => order.Text)], (a, b) =>
        {
            foreach (var order in orders)
            {
                if (order.Compare(a, b) is not 0 and var found) { return found; }
            }

            return a.StartMs != b.StartMs ? b.StartMs.CompareTo(a.StartMs) : string.CompareOrdinal(a.RunId, b.RunId);
        });
    }

    private static RandomOrder Number(Random random, string field, Func<SampleRun, double?> of) =>
        Made(random, field, run => of(run) switch { null => 2, double.NaN => 1, _ => 0 }, (a, b) => of(a)!.Value.CompareTo(of(b)!.Value));

    private static RandomOrder OfText(Random random, string field, Func<SampleRun, string?> of) =>
        Made(random, field, run => of(run) is null ? 2 : 0, (a, b) => string.CompareOrdinal(of(a), of(b)));

    private static RandomOrder Made(Random random, string field, Func<SampleRun, int> part, Comparison<SampleRun> compare)
    {
        var descending = random.Next(2) == 0;
        return new(field + (descending ? " DESC" : random.Next(2) == 0 ? " ASC" : ""), (a, b) =>
            part(a) != part(b) ? part(a).CompareTo(part(b)) : part(a) != 0 ? 0 : descending ? compare(b, a) : compare(a, b));
    }
}
