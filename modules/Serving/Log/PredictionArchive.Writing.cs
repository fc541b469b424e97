using System.Globalization;
using Slipway.DuckDb;
using Slipway.Kernel;
using Slipway.Serving.Ports;

namespace Slipway.Serving.Log;

internal sealed partial class PredictionArchive
{
    private const int BatchRows = 20_000;

    /// <summary>
    /// Writes a closed segment as a Parquet file: under another name first, read back and compared, synced, then named. The segment is left to the caller.
    /// </summary>
    /// <exception cref="DuckDbException">It could not be written.</exception>
    /// <exception cref="IOException">The disk is full or failed.</exception>
    /// <exception cref="InvalidDataException">What was read back is not what was written.</exception>
    public Task<ArchivedPart> Write(Segment segment, string endpointId, string workspace, string endpoint, CancellationToken ct) => With(
        async session =>
        {
            var name = ArchivedPart.NameOf(segment);
            var at = Path.Combine(Folder, endpointId);
            Directory.CreateDirectory(at);
            var described = segment.Index.Deployments.Values.ToList();
            var schema = ArchivedSchema.Of(workspace, endpoint, described);
            await Fill(session, segment, schema, ct);
            await Copy(session, schema, $"{endpointId}/{name}.tmp", ct);
            await Compare(session, segment, $"{endpointId}/{name}.tmp", ct);
            var path = Path.Combine(at, name);
            using (var file = File.OpenHandle(path + ".tmp", FileMode.Open, FileAccess.ReadWrite)) { RandomAccess.FlushToDisk(file); }

            File.Move(path + ".tmp", path, overwrite: true);
            DurableFiles.SyncDirectory(at);
            return ArchivedPart.Found(this, endpointId, name)!;
        }, ct);

    private static async Task Fill(DuckDbSession session, Segment segment, ArchivedSchema schema, CancellationToken ct)
    {
        var inputs = schema.Columns();
        var columns = Fixed.Select(column => $"{column.Name} {column.Type}").Concat(inputs.Select((column, i) => $"c{i} {(column.IsNumber ? "DOUBLE" : "VARCHAR")}"));
        await session.Execute($"CREATE OR REPLACE TABLE rows ({string.Join(", ", columns)})", [], ct);
        var places = schema.Deployments.Select(deployment => deployment.Fields.ToDictionary(field => field.Column)).ToList();
        for (var after = segment.First - 1; after < segment.Last;)
        {
            List<Prediction> rows = [];
            await segment.Read(new RowQuery(after + 1, long.MaxValue, BatchRows), newest: false, rows, ct);
            if (rows.Count == 0) { return; }

            after = rows[^1].Position;
            var numbers = rows.Select(row => DeploymentOf(schema, row)).ToList();
            List<Array> cells =
            [
                Each(rows, row => row.Position), Each(rows, row => row.PredictionId), Each(rows, row => row.AtMs), numbers.ToArray(), Each(rows, row => row.DeploymentId), Each(rows, row => row.Version),
                Each(rows, row => row.Role.ToString().ToLowerInvariant()), Each(rows, row => row.Unit), Each(rows, row => row.Score ?? double.NaN), Each(rows, row => row.Decision),
            ];
            foreach (var (name, isNumber) in inputs)
            {
                cells.Add(isNumber
                    ? rows.Select((row, i) => places[numbers[i]].TryGetValue(name, out var field) ? row.Numbers[field.Index] : double.NaN).ToArray()
                    : rows.Select((row, i) => places[numbers[i]].TryGetValue(name, out var field) ? row.Texts[field.Index] : null).ToArray());
            }

            await session.Append("rows", cells, ct);
        }
    }

    // The same object is the same deployment: rows carry the schema of their description.
    private static int DeploymentOf(ArchivedSchema schema, Prediction row)
    {
        for (var i = 0; i < schema.Deployments.Count; i++)
        {
            var deployment = schema.Deployments[i];
            if (deployment.DeploymentId == row.DeploymentId && deployment.Version == row.Version && deployment.Schema().Fields.SequenceEqual(row.Schema.Fields)) { return i; }
        }

        throw new InvalidDataException($"position {row.Position} is of deployment {row.DeploymentId}, which its segment does not describe");
    }

    private static T[] Each<T>(List<Prediction> rows, Func<Prediction, T> value) => [.. rows.Select(value)];

    // NaN stands for a missing number, and NULL in the file.
    private static async Task Copy(DuckDbSession session, ArchivedSchema schema, string path, CancellationToken ct)
    {
        var columns = Fixed.Select(column => column.Type == "DOUBLE" ? $"{Number(column.Name)} AS {column.Name}" : column.Name)
            .Concat(schema.Columns().Select((column, i) => $"{(column.IsNumber ? Number($"c{i}") : $"c{i}")} AS {Name(column.Name)}"));
        var group = RowGroup.ToString(CultureInfo.InvariantCulture);
        await session.Execute(
            $"COPY (SELECT {string.Join(", ", columns)} FROM rows ORDER BY position) TO {Text(path)} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {group}, KV_METADATA {{ \"{ArchivedSchema.Key}\": {Text(schema.ToJson())} }})",
            [], ct);
        await session.Execute("DROP TABLE rows", [], ct);
    }

    private static string Number(string column) => $"CASE WHEN isnan({column}) THEN NULL ELSE {column} END";

    private static async Task Compare(DuckDbSession session, Segment segment, string path, CancellationToken ct)
    {
        var found = (0L, 0L);
        await foreach (var chunk in session.Query($"SELECT count(*), coalesce(max(position), 0) FROM read_parquet({Text(path)})", [], ct)) { found = (chunk.Columns[0].Long(0), chunk.Columns[1].Long(0)); }

        if (found != (segment.Rows, segment.Last))
        {
            throw new InvalidDataException($"The archive of {segment.Path} has {found.Item1} rows up to position {found.Item2}, and the segment {segment.Rows} up to {segment.Last}; the segment is kept.");
        }
    }
}
