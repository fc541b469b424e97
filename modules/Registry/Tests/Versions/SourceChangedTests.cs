using Slipway.Kernel;
using Slipway.Kernel.Contracts;
using Slipway.Registry.Contracts;
using Slipway.Registry.Imports;
using Slipway.Registry.Models;
using Slipway.Registry.Versions;
using Slipway.Tracking.Contracts;
using Slipway.Tracking.Ports;

namespace Slipway.Registry.Tests.Versions;

/// <summary>What happens to the files between the look at them and the write: a version is never registered with evidence that is gone.</summary>
public sealed class SourceChangedTests
{
    [Theory, EachDatabase]
    public async Task A_run_that_is_purged_or_changed_while_a_version_is_made_of_it_leaves_no_version(string database)
    {
        await using var shelf = await Shelf.Open(database);
        var (purged, changed) = (await Logged(shelf), await Logged(shelf));
        var model = (string)(await shelf.Done("POST", "logged-models", new { experiment_id = "0", name = "scorecard" }))["model"]!["info"]!["model_id"]!;
        await shelf.CreateModel("m");

        foreach (var (source, meanwhile) in new (string, Func<Task>)[]
        {
            ($"runs:/{purged}/m", () => Purge(shelf, purged)), ($"runs:/{changed}/m", () => shelf.Upload(changed, "m/MLmodel", "second")), ($"models:/{model}", () => shelf.Mlf("DELETE", $"logged-models/{model}")),
        })
        {
            var register = new RegisterVersion(
                shelf.Server.Db, new BusyGate(meanwhile), shelf.Get<LiveHub>(), shelf.Get<ResolveSource>(), shelf.Get<CreateModel>(), shelf.Get<VersionOrigins>(), shelf.Get<ILoggedModels>());
            var problem = (await register.Handle(Shelf.Owner, new NewVersion("m", source), null, default)).Problem;
            Assert.Equal((409, "source_changed"), (problem!.Status, problem.Code));
        }

        Assert.Equal(0, (await shelf.Read<ModelView>("models/m")).Versions);
        Assert.Empty(await shelf.Texts("SELECT origin_id FROM registry_version_origins"));
        Assert.Equal(1, await shelf.Register("m", $"runs:/{changed}/m"));
    }

    [Theory, EachDatabase]
    public async Task Whoever_comes_first_a_version_has_the_files_that_are_there(string database)
    {
        await using var shelf = await Shelf.Open(database);
        await shelf.CreateModel("m");
        for (var round = 0; round < 8; round++)
        {
            var run = await Logged(shelf);
            var change = shelf.Send(HttpMethod.Put, $"/api/2.0/mlflow-artifacts/artifacts/0/{run}/artifacts/m/MLmodel", new StringContent("second"));
            var registered = shelf.Mlf("POST", "model-versions/create", new { name = "m", source = $"runs:/{run}/m" });

            Assert.Contains((await change).Status, (int[])[200, 409]);
            Assert.Contains((await registered).Status, (int[])[200, 409]);
        }

        foreach (var row in (await shelf.Read<Page<ModelVersionRow>>("models/m/versions")).Items)
        {
            Assert.Equal(200, (await shelf.Send(HttpMethod.Get, $"/model-versions/get-artifact?name=m&version={row.Version}&path=MLmodel", null)).Status);
        }
    }

    [Theory, EachDatabase]
    public async Task A_version_that_is_imported_meanwhile_is_left_out_and_told(string database)
    {
        await using var shelf = await Shelf.Open(database);
        var (purged, kept) = (await Logged(shelf), await Logged(shelf));
        var import = new ImportModels(shelf.Server.Db, new BusyGate(() => Purge(shelf, purged)), shelf.Get<ResolveSource>(), shelf.Get<VersionOrigins>(), shelf.Get<LiveHub>());
        ImportedVersion Version(long number, string run) => new(number, $"runs:/{run}/m", ModelStage.None, 11, 12, new Dictionary<string, string>(), RunId: run);

        var answer = (await import.Handle(
            Shelf.Owner, [new("m", 1, 2, 2, new Dictionary<string, string>(), new Dictionary<string, long>(), [Version(1, purged), Version(2, kept)])], default)).Value[0];

        Assert.Equal([2L], answer.Added);
        Assert.Contains("is not there any more", answer.Skipped["1"], StringComparison.Ordinal);
        Assert.Equal([kept], await shelf.Texts("SELECT origin_id FROM registry_version_origins WHERE path = 'm'"));
    }

    private static async Task<string> Logged(Shelf shelf)
    {
        var run = await shelf.CreateRun();
        await shelf.Upload(run, "m/MLmodel", "first");
        await shelf.Upload(run, "m/model.bin", "first");
        return run;
    }

    private static async Task Purge(Shelf shelf, string run)
    {
        await shelf.Native("POST", "trash", new TrashRequest([run]));
        await shelf.Native("POST", "trash/purge", new PurgeRequest([run]));
    }

    /// <summary>Allows everything, and lets something else happen while it thinks.</summary>
    private sealed class BusyGate(Func<Task> meanwhile) : IGate
    {
        public async Task<GateAnswer> Ask(Caller caller, string action, string subject, IReadOnlyDictionary<string, string> evidence, CancellationToken ct)
        {
            await meanwhile();
            return new GateAnswer(true, "none", []);
        }
    }
}
