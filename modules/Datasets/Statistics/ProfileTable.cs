using Slipway.Datasets.Engine;
using Slipway.Datasets.Ingest;
using Slipway.Datasets.Tables;
using Slipway.Kernel;

namespace Slipway.Datasets.Statistics;

/// <summary>The profile of a stored table: the one that it has, or a new one.</summary>
internal sealed class ProfileTable(Db db, OpenTable tables, ProfileBlobs profiles)
{
    public async Task<Result<string>> Handle(Caller caller, string digest, CancellationToken ct) =>
        await tables.With<string>(caller, Permissions.Read, digest, async (bench, table) => table.ProfileDigest ?? await Make(caller, bench, table, ct), ct);

    private async Task<Result<string>> Make(Caller caller, Workbench bench, StoredTable table, CancellationToken ct)
    {
        if ((await OpenedFile.Open(bench, SourceFormat.Parquet, null, ct)).Fails(out var problem, out var file)) { return problem; }

        var units = await OpenTable.Units(bench, ct);
        var statistics = await ColumnStatistics.Run(bench, file.Table, ct);
        var schema = file.Schema(statistics).Select(column => column with { Unit = units.GetValueOrDefault(column.Name) }).ToList();
        var profile = await profiles.Put(bench, file.Table, schema, ct);
        await db.Append(tx => TableStore.Save(tx, caller.Workspace, table with { ProfileDigest = profile }), ct);
        return profile;
    }
}
