using Slipway.Kernel;
using Slipway.Tracking.Ports;

namespace Slipway.Registry.Versions;

/// <summary>A run that a registered version was made from, or names, is kept: its files are those of the version, its figures the evidence.</summary>
internal sealed class HoldRuns : IRunHolder
{
    public IReadOnlyDictionary<string, string> Held(ReadTx tx, string workspace, IReadOnlyCollection<string> ids)
    {
        var held = new Dictionary<string, string>(StringComparer.Ordinal);
        tx.ForEach(
            $"""
            SELECT runs.value, m.name, v.version FROM (SELECT value FROM {tx.Dialect.TextList(ids)}) AS runs
            JOIN registry_versions v ON v.run_id = runs.value OR v.source LIKE '%' || runs.value || '%' OR v.evidence LIKE '%' || runs.value || '%'
            JOIN registry_models m ON m.model_id = v.model_id
            WHERE v.workspace = {workspace} AND v.deleted = 0 ORDER BY m.name, v.version DESC LIMIT {Limits.QueryRows}
            """,
            row => held.TryAdd(row.GetString(0), $"model {row.GetString(1)} version {row.GetInt64(2)}"));
        return held;
    }
}
