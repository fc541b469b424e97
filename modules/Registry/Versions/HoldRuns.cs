using Slipway.Kernel;
using Slipway.Tracking.Ports;

namespace Slipway.Registry.Versions;

/// <summary>A run that a registered version was made from, or names, is kept: its files are those of the version, its figures the evidence.</summary>
internal sealed class HoldRuns : IRunHolder
{
    public IReadOnlyDictionary<string, string> Held(ReadTx tx, Caller caller, IReadOnlyCollection<string> ids) => tx.Query(
        $"""
        SELECT origin_id, name, version FROM (
            SELECT o.origin_id, m.name, o.version, ROW_NUMBER() OVER (PARTITION BY o.origin_id ORDER BY m.name, o.version DESC) AS place
            FROM registry_version_origins o JOIN registry_models m ON m.model_id = o.model_id
            WHERE o.workspace = {caller.Workspace} AND o.origin_id IN (SELECT value FROM {tx.Dialect.TextList(ids)})) AS needed
        WHERE place = 1
        """,
        row => (Id: row.GetString(0), By: Named(caller, row.GetString(1), row.GetInt64(2)))).ToDictionary(row => row.Id, row => row.By, StringComparer.Ordinal);

    public string? HeldAt(ReadTx tx, Caller caller, string id, string path) => tx.QueryOne(
        $"""
        SELECT m.name, o.version FROM registry_version_origins o JOIN registry_models m ON m.model_id = o.model_id
        WHERE o.workspace = {caller.Workspace} AND o.origin_id = {id} AND {Meets(tx.Dialect, path)}
        ORDER BY m.name, o.version DESC LIMIT 1
        """, row => Named(caller, row.GetString(0), row.GetInt64(1)));

    /// <summary>True for a version whose files lie at the path, above it or below it. '0' is the byte after '/'.</summary>
    private static Sql Meets(ISqlDialect dialect, string path) => path.Length == 0
        ? (Sql)$"o.path IS NOT NULL"
        : $"(o.path IN (SELECT value FROM {dialect.TextList(Above(path))}) OR (o.path > {path + "/"} AND o.path < {path + "0"}))";

    // The path itself, its directories, and the root.
    private static List<string> Above(string path)
    {
        List<string> all = ["", path];
        for (var slash = path.LastIndexOf('/'); slash > 0; slash = path.LastIndexOf('/', slash - 1)) { all.Add(path[..slash]); }

        return all;
    }

    private static string Named(Caller caller, string model, long version) =>
        caller.May(Permissions.ModelsRead, model) ? $"model {model} version {version}" : "a version of a model that you may not see";
}
