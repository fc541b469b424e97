using System.Data.Common;
using Slipway.Tracking.Contracts;

namespace Slipway.Cli.Import;

/// <summary>What runs of a database read and made: its table <c>inputs</c> links anything with anything, by type and id.</summary>
internal sealed class SqlInputs(DbConnection connection, SqlTables tables)
{
    /// <summary>Of the runs whose ids lie between two.</summary>
    public async Task<Used> Read(string from, string to, CancellationToken ct)
    {
        var used = new Used();
        if (!tables.Has("inputs")) { return used; }

        if (tables.Has("datasets"))
        {
            var tags = await Tags(from, to, ct);
            await Each(
                """
                SELECT i.destination_id, i.input_uuid, d.name, d.digest, d.dataset_source_type, d.dataset_source, d.dataset_schema, d.dataset_profile
                FROM inputs i JOIN datasets d ON d.dataset_uuid = i.source_id
                WHERE i.source_type = 'DATASET' AND i.destination_type = 'RUN' AND i.destination_id >= @from AND i.destination_id <= @to
                """, from, to,
                row => Add(used.Datasets, Text(row, 0), new ImportedInput(Text(row, 2), Text(row, 3), Text(row, 4), Text(row, 5), tags.GetValueOrDefault(Text(row, 1)) ?? [], Or(row, 6), Or(row, 7))), ct);
        }

        await Each(
            "SELECT source_id, destination_id FROM inputs WHERE source_type = 'RUN_INPUT' AND destination_type = 'MODEL_INPUT' AND source_id >= @from AND source_id <= @to", from, to,
            row => Add(used.Models, Text(row, 0), Text(row, 1)), ct);
        await Each(
            $"SELECT source_id, destination_id, {tables.Or("inputs", "step", "0")} FROM inputs WHERE source_type = 'RUN_OUTPUT' AND destination_type = 'MODEL_OUTPUT' AND source_id >= @from AND source_id <= @to", from, to,
            row => Add(used.Outputs, Text(row, 0), new ImportedOutput(Text(row, 1), SqlSource.Number(row, 2) ?? 0)), ct);
        return used;
    }

    private async Task<Dictionary<string, Dictionary<string, string>>> Tags(string from, string to, CancellationToken ct)
    {
        var tags = new Dictionary<string, Dictionary<string, string>>(StringComparer.Ordinal);
        if (!tables.Has("input_tags")) { return tags; }

        await Each(
            "SELECT t.input_uuid, t.name, t.value FROM input_tags t JOIN inputs i ON i.input_uuid = t.input_uuid WHERE i.destination_id >= @from AND i.destination_id <= @to", from, to,
            row =>
            {
                if (!tags.TryGetValue(Text(row, 0), out var own)) { tags[Text(row, 0)] = own = new Dictionary<string, string>(StringComparer.Ordinal); }

                own[Text(row, 1)] = Text(row, 2);
            }, ct);
        return tags;
    }

    private async Task Each(string sql, string from, string to, Action<DbDataReader> each, CancellationToken ct)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        SqlTables.Add(command, ("@from", from), ("@to", to));
        await using var rows = await command.ExecuteReaderAsync(ct);
        while (await rows.ReadAsync(ct)) { each(rows); }
    }

    private static void Add<T>(Dictionary<string, List<T>> to, string run, T one)
    {
        if (!to.TryGetValue(run, out var own)) { to[run] = own = []; }

        own.Add(one);
    }

    private static string Text(DbDataReader row, int at) => SqlSource.Text(row, at);

    private static string? Or(DbDataReader row, int at) => Text(row, at) is { Length: > 0 } text ? text : null;

    /// <summary>By run.</summary>
    internal sealed class Used
    {
        public Dictionary<string, List<ImportedInput>> Datasets { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, List<string>> Models { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, List<ImportedOutput>> Outputs { get; } = new(StringComparer.Ordinal);

        public SourceRun Of(SourceRun run) => run with
        {
            Datasets = Datasets.GetValueOrDefault(run.RunId) ?? [], ModelInputs = Models.GetValueOrDefault(run.RunId) ?? [], ModelOutputs = Outputs.GetValueOrDefault(run.RunId) ?? [],
        };
    }
}
