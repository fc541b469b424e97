using System.Globalization;
using System.Runtime.CompilerServices;
using Slipway.Registry.Contracts;
using Slipway.Tracking.Contracts;

namespace Slipway.Cli.Import;

/// <summary>An <c>mlruns</c> folder: a folder per experiment and run, a file per metric, parameter and tag, <c>meta.yaml</c> for the rest (MLflow's file store).</summary>
internal sealed class FileSource : IMlflowSource
{
    private const int PageRuns = 100;
    private static readonly string[] NoRuns = ["tags", "datasets", "models", "traces"];
    private readonly string _root;
    private readonly List<string> _notes = [];

    private FileSource(string root) => _root = root;

    public string Name => _root;

    public IReadOnlyList<string> Notes => _notes;

    /// <exception cref="SourceException">It is no such folder.</exception>
    public static FileSource Open(string folder)
    {
        var source = new FileSource(RealPaths.Of(folder) ?? Path.GetFullPath(folder));
        return source.ExperimentFolders().Any() || Directory.Exists(Path.Combine(source._root, "models"))
            ? source
            : throw new SourceException($"{source._root} holds no experiment (a folder with a meta.yaml); is it an mlruns folder?");
    }

    public async IAsyncEnumerable<SourceExperiment> Experiments([EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var folder in ExperimentFolders())
        {
            var meta = await MetaFile.Read(folder, ct);
            var (id, created) = (meta.Text("experiment_id") ?? Path.GetFileName(folder), meta.Number("creation_time") ?? 0);
            var traces = Path.Combine(folder, "traces");
            if (Directory.Exists(traces)) { _notes.Add($"{Show.Count(Directory.EnumerateDirectories(traces).Count())} traces of experiment {id} stay behind: they have no place here yet."); }

            yield return new SourceExperiment(
                id, meta.Text("name") ?? id, meta.Text("artifact_location") ?? "", Stage(meta), created, meta.Number("last_update_time") ?? created, await Entries(Path.Combine(folder, "tags"), ct));
        }
    }

    public async IAsyncEnumerable<IReadOnlyList<SourceRun>> Runs(SourceExperiment experiment, [EnumeratorCancellation] CancellationToken ct)
    {
        var page = new List<SourceRun>();
        foreach (var folder in RunFolders(experiment))
        {
            var meta = await MetaFile.Read(folder, ct);
            if ((meta.Text("run_id") ?? meta.Text("run_uuid")) is not { } runId) { continue; }

            page.Add(new SourceRun(
                runId, experiment.Id, meta.Text("run_name") ?? meta.Text("name") ?? "", meta.Text("user_id") ?? "", Status(meta), Stage(meta), meta.Number("start_time") ?? 0, meta.Number("end_time"),
                meta.Text("artifact_uri") ?? "", await Entries(Path.Combine(folder, "params"), ct), await Entries(Path.Combine(folder, "tags"), ct))
            {
                Datasets = await Datasets(experiment, folder, ct),
            });
            if (page.Count < PageRuns) { continue; }

            yield return page;
            page = [];
        }

        if (page.Count > 0) { yield return page; }
    }

    public async IAsyncEnumerable<SourceSeries> Points(SourceRun run, int most, [EnumeratorCancellation] CancellationToken ct)
    {
        var metrics = Path.Combine(RunFolder(run), "metrics");
        foreach (var (key, file) in FilesBelow(metrics))
        {
            var series = SourceSeries.Of(key);
            await foreach (var line in File.ReadLinesAsync(file, ct))
            {
                // time, value, and since MLflow 1.0 the step.
                var parts = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
                if (parts.Length is < 2 or > 3 || !long.TryParse(parts[0], CultureInfo.InvariantCulture, out var time) || Value(parts[1]) is not { } value)
                {
                    if (parts.Length > 0) { _notes.Add($"A line of {file} is no point and stays behind."); }

                    continue;
                }

                series.Add(parts.Length == 3 && long.TryParse(parts[2], CultureInfo.InvariantCulture, out var step) ? step : 0, time, value);
                if (series.Steps.Count < most) { continue; }

                yield return series;
                series = SourceSeries.Of(key);
            }

            if (series.Steps.Count > 0) { yield return series; }
        }
    }

    public async Task<long> CountPoints(SourceRun run, CancellationToken ct)
    {
        var count = 0L;
        await foreach (var series in Points(run, 10_000, ct)) { count += series.Steps.Count; }

        return count;
    }

    public async IAsyncEnumerable<SourceModel> Models([EnumeratorCancellation] CancellationToken ct)
    {
        var models = Path.Combine(_root, "models");
        foreach (var folder in Directory.Exists(models) ? Directory.GetDirectories(models) : [])
        {
            if (!HasMeta(folder)) { continue; }

            var meta = await MetaFile.Read(folder, ct);
            var versions = new List<SourceVersion>();
            foreach (var of in Directory.EnumerateDirectories(folder, "version-*").Where(HasMeta)) { versions.Add(await Version(of, ct)); }

            var aliases = await Entries(Path.Combine(folder, "aliases"), ct);
            var created = meta.Number("creation_timestamp") ?? 0;
            yield return new SourceModel(
                meta.Text("name") ?? Path.GetFileName(folder), meta.Text("description"), created, meta.Number("last_updated_timestamp") ?? created, versions.Select(one => one.Version).DefaultIfEmpty(0).Max(),
                await Entries(Path.Combine(folder, "tags"), ct),
                aliases.Where(alias => long.TryParse(alias.Value, CultureInfo.InvariantCulture, out _)).ToDictionary(alias => alias.Key, alias => long.Parse(alias.Value, CultureInfo.InvariantCulture), StringComparer.Ordinal),
                [.. versions.Where(one => one.Version > 0)]);
        }
    }

    public IAsyncEnumerable<SourceFile>? Files(SourceRun run, CancellationToken ct) => Path.Combine(RunFolder(run), "artifacts") is var folder && IsHere(folder) ? LocalFiles.Below(folder) : null;

    /// <summary>Those of a folder are read by no client any more but through its runs.</summary>
    public async IAsyncEnumerable<SourceLoggedModel> LoggedModels(SourceExperiment experiment, [EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var folder in LoggedModelFolders(experiment.Id))
        {
            var meta = await MetaFile.Read(folder, ct);
            if (meta.Text("model_id") is not { } id) { continue; }

            var created = meta.Number("creation_timestamp") ?? 0;
            yield return new SourceLoggedModel(new ImportedLoggedModel(
                id, experiment.Id, meta.Text("name") ?? id, meta.Text("model_type") ?? "",
                Enum.TryParse<LoggedModelStatus>(meta.Text("status"), ignoreCase: true, out var status) && Enum.IsDefined(status) ? status : LoggedModelStatus.Pending, Stage(meta),
                created, meta.Number("last_updated_timestamp") ?? created, await Entries(Path.Combine(folder, "params"), ct), await Entries(Path.Combine(folder, "tags"), ct), [],
                meta.Text("source_run_id"), meta.Text("artifact_location")));
        }
    }

    public IAsyncEnumerable<SourceFile>? Files(SourceLoggedModel model, CancellationToken ct) =>
        Path.Combine(Folder(model.Model.SourceExperimentId), "models", model.Model.ModelId, "artifacts") is var folder && IsHere(folder) ? LocalFiles.Below(folder) : null;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private IEnumerable<string> LoggedModelFolders(string experimentId) => Path.Combine(Folder(experimentId), "models") is var models && IsHere(models)
        ? Directory.GetDirectories(models).Where(HasMeta)
        : [];

    /// <summary>A run's folder <c>inputs</c> names datasets of its experiment.</summary>
    private async Task<List<ImportedInput>> Datasets(SourceExperiment experiment, string run, CancellationToken ct)
    {
        var (found, inputs) = (new List<ImportedInput>(), Path.Combine(run, "inputs"));
        foreach (var folder in IsHere(inputs) ? Directory.GetDirectories(inputs).Where(HasMeta) : [])
        {
            var input = await MetaFile.Read(folder, ct);
            if (input.Text("source_id") is not { } id || Path.Combine(Folder(experiment.Id), "datasets", Path.GetFileName(id)) is var of && !HasMeta(of)) { continue; }

            var dataset = await MetaFile.Read(of, ct);
            found.Add(new ImportedInput(
                dataset.Text("name") ?? "", dataset.Text("digest") ?? "", dataset.Text("source_type") ?? "", dataset.Text("source") ?? "", input.Map("tags"), dataset.Text("schema"), dataset.Text("profile")));
        }

        return found;
    }

    private async Task<SourceVersion> Version(string folder, CancellationToken ct)
    {
        var meta = await MetaFile.Read(folder, ct);
        var created = meta.Number("creation_timestamp") ?? 0;
        return new SourceVersion(
            meta.Number("version") ?? 0, meta.Text("source") ?? "", meta.Text("run_id"), meta.Text("run_link"), meta.Text("description"),
            Enum.TryParse<ModelStage>(meta.Text("current_stage"), ignoreCase: true, out var stage) ? stage : ModelStage.None, created, meta.Number("last_updated_timestamp") ?? created, meta.Text("user_id"),
            await Entries(Path.Combine(folder, "tags"), ct));
    }

    private IEnumerable<string> ExperimentFolders() => ((string[])[_root, Path.Combine(_root, ".trash")]).Where(Directory.Exists)
        .SelectMany(place => Directory.EnumerateDirectories(place).Order(StringComparer.Ordinal))
        .Where(folder => Path.GetFileName(folder) is not ("models" or ".trash") && HasMeta(folder));

    private IEnumerable<string> RunFolders(SourceExperiment experiment) => (Folder(experiment.Id) is var of && IsHere(of) ? Directory.EnumerateDirectories(of) : []).Order(StringComparer.Ordinal)
        .Where(folder => !NoRuns.Contains(Path.GetFileName(folder)) && HasMeta(folder));

    private string RunFolder(SourceRun run) => Path.Combine(Folder(run.ExperimentId), run.RunId);

    private string Folder(string experimentId) => Path.Combine(_root, experimentId) is var folder && Directory.Exists(folder) ? folder : Path.Combine(_root, ".trash", experimentId);

    private bool HasMeta(string folder) => Path.Combine(folder, MetaFile.Name) is var file && File.Exists(file) && IsInside(file);

    private bool IsHere(string folder) => Directory.Exists(folder) && IsInside(folder);

    /// <summary>Ids in records and links are data of the source: they must not lead to other files of this machine.</summary>
    private bool IsInside(string path)
    {
        if (RealPaths.Of(path) is { } real && RealPaths.IsBelow(real, _root)) { return true; }

        var note = $"{path} leads out of {_root} and stays behind.";
        if (!_notes.Contains(note)) { _notes.Add(note); }

        return false;
    }

    private static Lifecycle Stage(MetaFile meta) => meta.Text("lifecycle_stage") == "deleted" ? Lifecycle.Deleted : Lifecycle.Active;

    // A number in most versions, a name in some.
    private static RunStatus Status(MetaFile meta) =>
        Enum.TryParse<RunStatus>(meta.Text("status"), ignoreCase: true, out var status) && Enum.IsDefined(status) ? status : RunStatus.Running;

    private static double? Value(string text) => text.ToLowerInvariant() switch
    {
        "nan" => double.NaN,
        "inf" or "infinity" => double.PositiveInfinity,
        "-inf" or "-infinity" => double.NegativeInfinity,
        _ => double.TryParse(text, CultureInfo.InvariantCulture, out var value) ? value : null,
    };

    /// <summary>A file per entry: its name, with slashes for folders, is the key, its content the value.</summary>
    private async Task<Dictionary<string, string>> Entries(string folder, CancellationToken ct)
    {
        var entries = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, file) in FilesBelow(folder)) { entries[key] = (await File.ReadAllTextAsync(file, ct)).Replace('\0', '\uFFFD'); }

        return entries;
    }

    private IEnumerable<(string Key, string File)> FilesBelow(string folder) =>
        IsHere(folder) ? LocalFiles.Paths(folder).Select(file => (Path.GetRelativePath(folder, file).Replace('\\', '/'), file)) : [];
}
