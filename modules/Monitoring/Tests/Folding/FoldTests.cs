using Microsoft.Extensions.DependencyInjection;
using Slipway.Governance.Ports;
using Slipway.Kernel;
using Slipway.Monitoring.Definitions;
using Slipway.Monitoring.Folding;
using Slipway.Serving.Ports;

namespace Slipway.Monitoring.Tests.Folding;

public sealed class FoldTests
{
    /// <summary>
    /// Several processes fold in turn over a random log; each is thrown away at random moments, also inside the transaction that stores what it found. At the end every prediction is in exactly
    /// one window, in order.
    /// </summary>
    [Theory, EachDatabase]
    public async Task Each_prediction_is_in_exactly_one_window_wherever_a_process_ends(string database)
    {
        var clock = new ManualClock();
        await using var watch = await Watch.Open(database, clock, jobs: false);
        watch.Approvals.Conditions = new ApprovedConditions(null, [new DecisionBand("deny", 0.1, 0.4)]);
        DeploymentState[] deployments = [ScriptedEndpoints.Deployment(1, DeploymentRole.Champion, 0.9), ScriptedEndpoints.Deployment(2, DeploymentRole.Canary, 0.1)];
        watch.Endpoints.Put(Watch.Endpoint, deployments);
        await watch.Server.Db.Write(tx => DefinitionWriter.Watch(tx, watch.Endpoints.FindForServer(tx, "default", Watch.Endpoint)!), default);
        await watch.Define("window: { predictions: 30, minimum: 10, maximumAgeSeconds: 60 }\n");
        var (random, total, ends) = (new Random(5), 0, 0);
        EndpointFold[] folds = [Fold(watch, "a"), Fold(watch, "b")];

        for (var round = 0; round < 150; round++)
        {
            if (random.Next(3) > 0)
            {
                var (version, count) = (random.Next(4) == 0 ? 2 : 1, random.Next(1, 60));
                watch.Predict(version, count, deny: random.Next(10) == 0 ? 0.9 : 0.2, role: version == 2 ? DeploymentRole.Canary : DeploymentRole.Champion);
                total += count;
            }

            clock.Advance(TimeSpan.FromSeconds(random.Next(0, 8)));
            var which = random.Next(2);
            watch.Endpoints.Looked = random.Next(5) == 0 ? () => throw new InvalidOperationException("The process ends here.") : () => { };
            try { await Step(watch, folds[which]); }
            catch (InvalidOperationException)
            {
                ends++;
                folds[which] = Fold(watch, which == 0 ? "a" : "b");
            }

            if (random.Next(10) == 0) { folds[which] = Fold(watch, which == 0 ? "a" : "b"); }
        }

        watch.Endpoints.Looked = () => { };
        for (var round = 0; round < 20; round++)
        {
            clock.Advance(TimeSpan.FromSeconds(20));
            await Step(watch, folds[0]);
        }

        Assert.InRange(ends, 3, 150);
        var windows = await watch.Server.Db.Read(tx => tx.Query(
            $"SELECT deployment_id, number, first_position, last_position, summary FROM monitoring_windows ORDER BY deployment_id, number",
            row => (Deployment: row.GetString(0), Number: row.GetInt64(1), First: row.GetInt64(2), Last: row.GetInt64(3), Summary: row.GetString(4))), default);
        var log = (await watch.Log.Read("default", Watch.Endpoint, 0, int.MaxValue, default)).Predictions;
        Assert.Equal(total, log.Count);
        foreach (var deployment in windows.GroupBy(window => window.Deployment))
        {
            var mine = log.Where(prediction => prediction.DeploymentId == deployment.Key).ToList();
            Assert.Equal(Enumerable.Range(1, deployment.Count()), deployment.Select(window => (int)window.Number));
            Assert.Equal(mine.Count, deployment.Sum(window => Predictions(window.Summary)));
            var at = 0;
            foreach (var window in deployment)
            {
                var part = mine.Skip(at).Take((int)Predictions(window.Summary)).ToList();
                Assert.Equal((window.First, window.Last), (part[0].Position, part[^1].Position));
                at += part.Count;
            }
        }

        Assert.Equal(total, windows.Sum(window => Predictions(window.Summary)));
    }

    [Theory, EachDatabase]
    public async Task A_window_that_stays_open_closes_by_its_age(string database)
    {
        var clock = new ManualClock();
        await using var watch = await Watch.Open(database, clock);
        await watch.Deploy(ScriptedEndpoints.Deployment(1, DeploymentRole.Champion));
        await watch.Define("window: { predictions: 1000, minimum: 10, maximumAgeSeconds: 86400 }\n");

        watch.Predict(1, 80);
        await watch.Until(_ =>
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            return watch.Server.Db.Read(tx => EndpointStore.Find(tx, "default", Watch.Endpoint)?.State.Deployments.Count == 1, default).GetAwaiter().GetResult();
        });
        var open = (await watch.Monitor()).Versions[0].Open!;
        Assert.Equal((1, 80, 1_000), (open.Number, open.Predictions, open.Size));
        Assert.Empty(await watch.Windows());

        clock.Advance(TimeSpan.FromDays(1));
        await watch.Until(monitor => monitor.Versions[0].Verdicts[0].ObservedMs is not null);
        Assert.Equal(80, Assert.Single(await watch.Windows()).Predictions);
    }

    [Theory, EachDatabase]
    public async Task Late_predictions_of_an_endpoint_that_was_made_anew_go_on_with_the_numbers(string database)
    {
        var clock = new ManualClock();
        await using var watch = await Begin(database, clock);
        watch.Predict(1, 30);
        await Step(watch, Fold(watch, "a"));
        watch.Predict(1, 30);
        await watch.Server.Db.Write(tx => EndpointStore.Delete(tx, "default", Watch.Endpoint), default);
        watch.Endpoints.Put(Watch.Endpoint, ScriptedEndpoints.Deployment(2, DeploymentRole.Champion));
        await watch.Server.Db.Write(tx => DefinitionWriter.Watch(tx, watch.Endpoints.FindForServer(tx, "default", Watch.Endpoint)!), default);

        await Step(watch, Fold(watch, "a"));

        Assert.Equal([("d1", 1, 1, 30), ("d1", 2, 31, 60)], await Stored(watch));
    }

    [Theory, EachDatabase]
    public async Task A_long_backlog_of_a_deployment_that_is_gone_is_folded_to_its_end(string database)
    {
        var clock = new ManualClock();
        await using var watch = await Begin(database, clock);
        await watch.Define("window: { predictions: 1000, minimum: 10, maximumAgeSeconds: 60 }\n");
        watch.Endpoints.Put(Watch.Endpoint, ScriptedEndpoints.Deployment(2, DeploymentRole.Champion));
        watch.Predict(1, 5_500);
        clock.Advance(TimeSpan.FromMinutes(5));
        var fold = Fold(watch, "a");

        for (var round = 0; round < 3; round++) { await Step(watch, fold); }

        Assert.Equal(Enumerable.Range(1, 6).Select(number => ("d1", number, ((number - 1) * 1_000) + 1, Math.Min(number * 1_000, 5_500))), await Stored(watch));
    }

    [Theory, EachDatabase]
    public async Task The_log_of_a_new_data_folder_is_folded_from_its_beginning(string database)
    {
        var clock = new ManualClock();
        await using var watch = await Begin(database, clock);
        watch.Predict(1, 60);
        await Step(watch, Fold(watch, "a"));
        watch.Log.Lose("log2");
        watch.Predict(1, 30);

        await Step(watch, Fold(watch, "a"));

        Assert.Equal([("d1", 1, 1, 30), ("d1", 2, 31, 60), ("d1", 3, 1, 30)], await Stored(watch));
        var logs = (await watch.Server.Db.Read(tx => EndpointStore.Find(tx, "default", Watch.Endpoint), default))!.Value.State.Logs!;
        Assert.Equal([("log1", 60), ("log2", 30)], logs.Select(log => (log.Key, (int)log.Value)).Order());
    }

    /// <summary>Version 1 is at work, in windows of thirty.</summary>
    private static async Task<Watch> Begin(string database, ManualClock clock)
    {
        var watch = await Watch.Open(database, clock, jobs: false);
        watch.Endpoints.Put(Watch.Endpoint, ScriptedEndpoints.Deployment(1, DeploymentRole.Champion));
        await watch.Server.Db.Write(tx => DefinitionWriter.Watch(tx, watch.Endpoints.FindForServer(tx, "default", Watch.Endpoint)!), default);
        await watch.Define("window: { predictions: 30, minimum: 10, maximumAgeSeconds: 60 }\n");
        return watch;
    }

    private static Task<List<(string Deployment, int Number, int First, int Last)>> Stored(Watch watch) => watch.Server.Db.Read(tx => tx.Query(
        $"SELECT deployment_id, number, first_position, last_position FROM monitoring_windows ORDER BY deployment_id, number",
        row => (row.GetString(0), (int)row.GetInt64(1), (int)row.GetInt64(2), (int)row.GetInt64(3))), default);

    private static long Predictions(string summary) => System.Text.Json.JsonDocument.Parse(summary).RootElement.GetProperty("predictions").GetInt64();

    private static EndpointFold Fold(Watch watch, string holder) => new(watch.Server.Services.GetRequiredService<FoldServices>(), "default", Watch.Endpoint, holder);

    private static async Task Step(Watch watch, EndpointFold fold)
    {
        var known = (await watch.Server.Db.Read(tx => EndpointStore.All(tx, "", "", 10), default)).Single();
        await fold.Step(known, default);
    }
}
