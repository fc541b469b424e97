using System.Globalization;
using Slipway.DuckDb;
using Slipway.Serving.Ports;

namespace Slipway.Serving.Log;

internal sealed partial class PredictionArchive
{
    /// <exception cref="FileNotFoundException">The file is gone.</exception>
    public Task<ArchivedSchema> SchemaOf(string path, CancellationToken ct) => With(
        async session =>
        {
            Exists(path);
            await foreach (var chunk in session.Query($"SELECT key, value FROM parquet_kv_metadata({Text(path)})", [], ct))
            {
                for (var row = 0; row < chunk.Rows; row++)
                {
                    if (chunk.Columns[0].Value(row) is byte[] key && key.AsSpan().SequenceEqual(System.Text.Encoding.UTF8.GetBytes(ArchivedSchema.Key)))
                    {
                        return ArchivedSchema.Parse((byte[])chunk.Columns[1].Value(row)!);
                    }
                }
            }

            throw new InvalidDataException($"{path} in {Folder} is no archive of predictions: its metadata lacks {ArchivedSchema.Key}.");
        }, ct);

    /// <summary>As <see cref="IPart.Read"/>.</summary>
    public Task Read(string path, ArchivedSchema schema, RowQuery query, bool newest, List<Prediction> into, CancellationToken ct) => With(
        async session =>
        {
            Exists(path);
            var found = new List<Prediction>();
            var condition = query.Id is { } id ? $" AND prediction_id = {Text(PredictionId.Of(id.Request, id.Row))}" : "";
            var limit = (query.Limit - into.Count).ToString(CultureInfo.InvariantCulture);
            var sql = $"SELECT * FROM read_parquet({Text(path)}) WHERE position BETWEEN ? AND ?{condition} ORDER BY position {(newest ? "DESC" : "ASC")} LIMIT {limit}";
            await foreach (var chunk in session.Query(sql, [query.From, query.To], ct))
            {
                var rows = new ArchivedRows(chunk, schema);
                for (var row = 0; row < chunk.Rows; row++) { found.Add(rows.Make(row)); }
            }

            if (newest) { found.Reverse(); }

            into.AddRange(found);
            return found.Count;
        }, ct);

    private void Exists(string path)
    {
        if (!File.Exists(Path.Combine(Folder, path))) { throw new FileNotFoundException($"{path} is not in the archive any more.", path); }
    }

    /// <summary>The rows of a chunk of a file.</summary>
    private sealed class ArchivedRows(ResultChunk chunk, ArchivedSchema schema)
    {
        private readonly Dictionary<string, ResultColumn> _columns = chunk.Columns.ToDictionary(column => column.Name);

        public Prediction Make(int row)
        {
            var deployment = schema.Deployments[(int)_columns["deployment_no"].Long(row)];
            var numbers = new double[deployment.Fields.Count(field => field.IsNumber)];
            var texts = new string?[deployment.Fields.Count - numbers.Length];
            foreach (var field in deployment.Fields)
            {
                if (field.IsNumber) { numbers[field.Index] = _columns[field.Column].Double(row); }
                else { texts[field.Index] = _columns[field.Column].Text(row); }
            }

            return new Prediction(
                _columns["position"].Long(row), Text("prediction_id")!, _columns["at_ms"].Long(row), deployment.DeploymentId, deployment.Version, Enum.Parse<DeploymentRole>(Text("role")!, ignoreCase: true),
                Text("unit"), deployment.Schema(), numbers, texts, _columns["score"].IsNull(row) ? null : _columns["score"].Double(row), Text("decision"));

            string? Text(string name) => _columns[name].Text(row);
        }
    }
}
