using Slipway.Datasets.Contracts;
using Slipway.Datasets.Ingest;
using Slipway.Datasets.Ports;
using Slipway.Datasets.Statistics;
using Slipway.Datasets.Tables;
using Slipway.Datasets.Versions;
using Slipway.Kernel;

namespace Slipway.Datasets;

/// <summary>The port: hands each call to the handler that routes use too.</summary>
internal sealed class DatasetsPort(Db db, IBlobStore blobs, IngestFile ingest, OpenTable tables, SplitTable split, ReadTable read, ProfileTable profile, ReadSketch sketch) : IDatasets
{
    public async Task<Result<DatasetVersion>> Ingest(Caller caller, string name, string sourceDigest, string format, string? contractYaml, CancellationToken ct)
    {
        ReadContract? contract = null;
        if (contractYaml is not null && ContractTexts.Read(contractYaml).Fails(out var faults, out contract)) { return faults; }

        if (!BlobDigest.IsValid(sourceDigest) || await blobs.Find(sourceDigest, ct) is not { } source) { return Problem.NotFound("file", sourceDigest.Length <= BlobDigest.HexDigits ? sourceDigest : ""); }

        if (source.SizeBytes > Limits.DatasetFileBytes) { return new Problem(413, "too_large", $"The file has {source.SizeBytes} bytes; a dataset's file may have {Limits.DatasetFileBytes}."); }

        var result = await ingest.Handle(caller, name, format, contract, async bench =>
        {
            await bench.Bring(sourceDigest, SourceFile.Name, ct);
            return null;
        }, ct);
        return result.Then(made => Of(caller.Workspace, made.Version));
    }

    public async Task<Result<DatasetVersion>> Find(Caller caller, string name, long? version, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.Read) is { } denied) { return denied; }

        return await db.Read(tx => VersionStore.Find(tx, caller.Workspace, name, version), ct) is { } found
            ? Of(caller.Workspace, found.View)
            : version is { } number ? GetDatasetVersion.NotFound(name, number) : Problem.NotFound("dataset", name);
    }

    public async Task<Result<DatasetVersion>> FindByDigest(Caller caller, string parquetDigest, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.Read) is { } denied) { return denied; }

        var found = await db.Read(
            tx => TableStore.Ancestors(tx, caller.Workspace, parquetDigest).Select(digest => VersionStore.FindByDigest(tx, caller.Workspace, digest)).FirstOrDefault(version => version is not null), ct);
        return found is null ? Problem.NotFound("table", parquetDigest) : Of(caller.Workspace, found.View);
    }

    public async Task<Result<CheckReport>> Check(Caller caller, string parquetDigest, string contractYaml, CancellationToken ct)
    {
        if (ContractTexts.Read(contractYaml).Fails(out var faults, out var contract)) { return faults; }

        return await tables.With<CheckReport>(
            caller, Permissions.Read, parquetDigest, async (bench, _) => (await OpenedFile.Open(bench, SourceFormat.Parquet, contract, ct)).Then(file => file.Report!), ct);
    }

    public IReadOnlyList<Fault> ContractFaults(string contractYaml) => ContractTexts.Read(contractYaml).Problem?.Faults ?? [];

    public Task<Result<SplitParts>> Split(Caller caller, string parquetDigest, SplitRule rule, CancellationToken ct) => split.Handle(caller, parquetDigest, rule, ct);

    public Task<Result<DataTable>> Read(Caller caller, string parquetDigest, IReadOnlyList<string>? columns, CancellationToken ct) => read.Handle(caller, parquetDigest, columns, ct);

    public Task<Result<string>> Profile(Caller caller, string parquetDigest, CancellationToken ct) => profile.Handle(caller, parquetDigest, ct);

    public Task<Result<TableSketch>> Sketch(Caller caller, string parquetDigest, CancellationToken ct) => sketch.Handle(caller, parquetDigest, ct);

    public void NoteUse(WriteTx tx, Caller caller, string parquetDigest, string kind, string subject, string title) => UseStore.Save(tx, caller, parquetDigest, kind, subject, title);

    private static DatasetVersion Of(string workspace, DatasetVersionView view) => new(
        workspace, view.Name, view.Version, view.Digest, view.Rows, view.Columns, view.ProfileDigest, view.SourceDigest, view.ContractDigest, view.CreatedMs, view.By);
}
