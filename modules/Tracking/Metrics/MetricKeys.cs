using System.Collections.Concurrent;
using Slipway.Kernel;

namespace Slipway.Tracking.Metrics;

/// <summary>Integer surrogates of metric keys. They never change and never go, so each process remembers those it has seen. Thread safe.</summary>
internal sealed class MetricKeys(Db db, Numbers numbers)
{
    private const int MaxRemembered = 200_000;
    private readonly ConcurrentDictionary<string, long> _ids = new(StringComparer.Ordinal);

    public bool TryGet(string name, out long id) => _ids.TryGetValue(name, out id);

    /// <summary>The surrogate of each name, made where it is new.</summary>
    public async Task<long[]> Resolve(IReadOnlyList<string> names, CancellationToken ct)
    {
        var ids = new long[names.Count];
        List<string>? unknown = null;
        for (var i = 0; i < ids.Length; i++)
        {
            if (!_ids.TryGetValue(names[i], out ids[i])) { (unknown ??= []).Add(names[i]); }
        }

        if (unknown is null) { return ids; }

        var made = await Make(unknown, ct);
        for (var i = 0; i < ids.Length; i++)
        {
            if (ids[i] == 0) { ids[i] = made[names[i]]; }
        }

        return ids;
    }

    /// <summary>The surrogate of a name; null when no run ever logged it.</summary>
    public long? Find(ReadTx tx, string name)
    {
        if (_ids.TryGetValue(name, out var id)) { return id; }

        id = tx.QueryOne($"SELECT key_id FROM tracking_metric_keys WHERE name = {name}", row => row.GetInt64(0));
        if (id == 0) { return null; }

        Remember(name, id);
        return id;
    }

    private async Task<Dictionary<string, long>> Make(List<string> names, CancellationToken ct)
    {
        var rows = new List<(string Name, long Id)>(names.Count);
        foreach (var name in names) { rows.Add((name, await numbers.Next("metric_key", ct))); }

        var made = await db.Write(tx =>
        {
            tx.ExecuteRows(rows, row => $"({row.Id}, {row.Name})", values => $"INSERT INTO tracking_metric_keys (key_id, name) VALUES {values} ON CONFLICT (name) DO NOTHING");
            return tx.Query(
                $"SELECT name, key_id FROM tracking_metric_keys WHERE name IN (SELECT value FROM {tx.Dialect.TextList(names)})",
                row => (Name: row.GetString(0), Id: row.GetInt64(1)));
        }, ct);
        foreach (var (name, id) in made) { Remember(name, id); }

        return made.ToDictionary(row => row.Name, row => row.Id, StringComparer.Ordinal);
    }

    private void Remember(string name, long id)
    {
        if (_ids.Count < MaxRemembered) { _ids[name] = id; }
    }
}
