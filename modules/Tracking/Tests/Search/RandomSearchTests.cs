using Microsoft.Extensions.DependencyInjection;
using Slipway.Kernel.Search;
using Slipway.Tracking.Contracts;
using Slipway.Tracking.Metrics;
using Slipway.Tracking.Search;

namespace Slipway.Tracking.Tests.Search;

/// <summary>Random filters and orders over random runs, page by page, by every way the plan knows, against an evaluator without SQL.</summary>
public sealed class RandomSearchTests
{
    private const int Searches = 120;
    private const int Runs = 150;

    [Theory, EachDatabase]
    public async Task Every_filter_finds_what_it_means_in_every_order_and_by_every_plan(string database)
    {
        await using var room = await Room.Open(database);
        long[] experiments = [long.Parse(await room.CreateExperiment("one"), null), long.Parse(await room.CreateExperiment("two"), null)];
        var random = new Random(20_261_121);
        var runs = SampleRun.Make(random, Runs);
        await SampleRun.Store(room.Server.Db, runs, experiments);
        var keys = room.Server.Services.GetRequiredService<MetricKeys>();

        var (faults, matches) = (new List<string>(), 0);
        for (var i = 0; i < Searches; i++)
        {
            var filter = RandomFilter.Any(random, runs, random.Next(4));
            var (orders, compare) = RandomOrder.Some(random);
            var view = (LifecycleView)random.Next(1, 4);
            var wanted = runs.Where(run => InView(run, view) && filter.Meets(run)).ToList();
            var where = random.Next(4);
            if (where < 2) { wanted.RemoveAll(run => run.Experiment != where); }

            wanted.Sort(compare);
            var search = new RunSearch(
                "default", where switch { < 2 => [experiments[where]], 2 => experiments, _ => null },
                FilterParser.Parse(filter.Text, Fields.Runs).Value, OrderParser.Parse(orders, Fields.Runs).Value, view, 1 + random.Next(40));
            foreach (var (few, many) in (IEnumerable<(int, int)>)[(0, 0), (0, RunPlan.Many), (8, 60), (RunPlan.Few, RunPlan.Many)])
            {
                var found = await room.Server.Db.Read(tx => Pages(new RunPlan(tx, keys, search, few, many), runs), CancellationToken.None);
                if (!found.SequenceEqual(wanted.Select(run => run.Key)))
                {
                    faults.Add($"{filter.Text}\n  by {string.Join(", ", orders)}, view {view}, where {where}, limit {search.Limit}, few {few}, many {many}: wanted {Keys(wanted.Select(run => run.Key))}, found {Keys(found)}");
                }
            }

            matches += wanted.Count;
        }

        Assert.True(faults.Count == 0, $"{faults.Count} of {Searches * 4}:\n{string.Join("\n", faults.Take(10))}");
        Assert.InRange(matches, Searches * 5, Searches * 100);
    }

    private static List<long> Pages(RunPlan plan, List<SampleRun> runs)
    {
        var all = new List<long>();
        for (string? after = null; ; after = runs[(int)(all[^1] - 5_000_000)].RunId)
        {
            var (page, more) = plan.Page(after)!.Value;
            all.AddRange(page);
            if (!more || all.Count > Runs) { return all; }
        }
    }

    private static bool InView(SampleRun run, LifecycleView view) => view switch { LifecycleView.Active => !run.Deleted, LifecycleView.Deleted => run.Deleted, _ => true };

    private static string Keys(IEnumerable<long> keys) => string.Join(' ', keys.Select(key => key - 5_000_000));
}
