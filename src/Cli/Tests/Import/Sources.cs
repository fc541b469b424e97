using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Slipway.Cli.Tests.Import;

/// <summary>Sources of MLflow's making, made here.</summary>
internal static class Sources
{
    public const string First = "aaaa0000aaaa0000aaaa0000aaaa0001";
    public const string Second = "aaaa0000aaaa0000aaaa0000aaaa0002";
    public const string Third = "aaaa0000aaaa0000aaaa0000aaaa0003";

    public const string Model = "m-00000000000000000000000000000001";

    public static string Script => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "data", "mlflow.sql"));

    public static string Folder() => Directory.CreateTempSubdirectory("slipway-import-").FullName;

    /// <returns>What <c>--from</c> says.</returns>
    public static async Task<string> Sqlite(string folder, string script)
    {
        var file = Path.Combine(folder, "mlflow.db");
        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        await connection.OpenAsync();
        await Run(connection, script);
        return file;
    }

    /// <returns>What <c>--from</c> says, as SQLAlchemy writes it.</returns>
    public static async Task<string> Postgres(string script)
    {
        var name = $"mlflow_{Path.GetRandomFileName().Replace(".", "", StringComparison.Ordinal)}";
        var server = new NpgsqlConnectionStringBuilder(TestDatabase.PostgresServer) { Pooling = false };
        await using (var connection = new NpgsqlConnection(server.ToString()))
        {
            await connection.OpenAsync();
            await Run(connection, $"CREATE DATABASE {name}");
        }

        server.Database = name;
        await using (var connection = new NpgsqlConnection(server.ToString()))
        {
            await connection.OpenAsync();
            await Run(connection, script);
        }

        return $"postgresql+psycopg2://{server.Username}{(server.Password is { Length: > 0 } password ? ":" + Uri.EscapeDataString(password) : "")}@{server.Host}:{server.Port}/{name}";
    }

    /// <summary>Artifacts as a server's <c>--artifacts-destination</c> holds them.</summary>
    public static async Task<string> Artifacts(string folder)
    {
        var root = Path.Combine(folder, "mlartifacts");
        var model = Path.Combine(root, "7", First, "artifacts", "model");
        Directory.CreateDirectory(model);
        var logged = Path.Combine(root, "7", "models", Model, "artifacts");
        Directory.CreateDirectory(logged);
        await File.WriteAllTextAsync(Path.Combine(logged, "model.pkl"), "trees");
        await File.WriteAllTextAsync(Path.Combine(model, "MLmodel"), "flavors: {}\n");
        await File.WriteAllTextAsync(Path.Combine(model, "weights.bin"), "weights");
        return root;
    }

    /// <summary>An <c>mlruns</c> folder as MLflow's file store writes it.</summary>
    public static async Task<string> Mlruns(string folder)
    {
        var root = Path.Combine(folder, "mlruns");
        async Task Write(string path, string text)
        {
            var file = Path.Combine(root, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllTextAsync(file, text);
        }

        await Write("0/meta.yaml", "artifact_location: mlflow-artifacts:/0\ncreation_time: 1700000000000\nexperiment_id: '0'\nlast_update_time: 1700000000000\nlifecycle_stage: active\nname: Default\n");
        await Write("712345678901234567/meta.yaml", $"artifact_location: file://{root}/712345678901234567\ncreation_time: 1700000001000\nexperiment_id: '712345678901234567'\nlast_update_time: 1700000002000\nlifecycle_stage: active\nname: 'churn: folder'\n");
        await Write("712345678901234567/tags/team", "north");
        var run = $"712345678901234567/{First}";
        await Write($"{run}/meta.yaml", $"artifact_uri: file://{root}/{run}/artifacts\nend_time: 1700000020000\nentry_point_name: ''\nexperiment_id: '712345678901234567'\nlifecycle_stage: active\nrun_id: {First}\nrun_name: first\nstart_time: 1700000010000\nstatus: 3\nuser_id: ada\n");
        await Write($"{run}/params/rate", "0.1");
        await Write($"{run}/params/note", "two\nlines");
        await Write($"{run}/tags/mlflow.runName", "first");
        await Write($"{run}/metrics/loss", "1700000011000 0.5 0\n1700000012000 0.25 1\n");
        await Write($"{run}/metrics/val/auc", "1700000011000 nan 0\n1700000012000 inf 1\nbroken\n");
        await Write($"{run}/artifacts/model/weights.bin", "weights");
        await Write($"{run}/inputs/i1/meta.yaml", $"destination_id: {First}\ndestination_type: RUN\nsource_id: d1\nsource_type: DATASET\ntags:\n  mlflow.data.context: training\n");
        await Write("712345678901234567/datasets/d1/meta.yaml", "digest: abc123\nname: people\nprofile: null\nschema: '{}'\nsource: people.csv\nsource_type: local\n");
        await Write($"712345678901234567/models/{Model}/meta.yaml", $"artifact_location: file://{root}/712345678901234567/models/{Model}/artifacts\ncreation_timestamp: 1700000015000\nexperiment_id: '712345678901234567'\nlast_updated_timestamp: 1700000016000\nlifecycle_stage: active\nmodel_id: {Model}\nmodel_type: classic\nname: trees\nsource_run_id: {First}\nstatus: 2\n");
        await Write($"712345678901234567/models/{Model}/params/depth", "7");
        await Write($"712345678901234567/models/{Model}/tags/kind", "trial");
        await Write($"712345678901234567/models/{Model}/artifacts/model.pkl", "trees");
        await Write($".trash/99/meta.yaml", "artifact_location: s3://bucket/99\nexperiment_id: '99'\nlifecycle_stage: deleted\nname: gone\n");
        await Write($".trash/99/{Second}/meta.yaml", $"artifact_uri: s3://bucket/99/{Second}/artifacts\nend_time: null\nlifecycle_stage: deleted\nrun_uuid: {Second}\nstart_time: 1\nstatus: FAILED\nuser_id: ''\n");
        await Write("models/churn/meta.yaml", "creation_timestamp: 1700000050000\ndescription: who leaves\nlast_updated_timestamp: 1700000060000\nname: churn\n");
        await Write("models/churn/tags/tier", "high");
        await Write("models/churn/aliases/champion", "2");
        await Write("models/churn/version-2/meta.yaml", $"creation_timestamp: 1700000052000\ncurrent_stage: Production\ndescription: by hand\nlast_updated_timestamp: 1700000053000\nname: churn\nrun_id: {First}\nrun_link: null\nsource: file://{root}/{run}/artifacts/model\nstatus: READY\nuser_id: null\nversion: 2\n");
        await Write("models/churn/version-2/tags/checked", "yes");
        return root;
    }

    private static async Task Run(DbConnection connection, string script)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = script;
        await command.ExecuteNonQueryAsync();
    }
}
