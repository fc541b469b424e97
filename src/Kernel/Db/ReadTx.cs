using System.Data.Common;

namespace Slipway.Kernel;

/// <summary>One consistent view of the records, while the delegate runs; not thread safe, not to be kept.</summary>
public class ReadTx
{
    private readonly DbSession _session;

    internal ReadTx(DbSession session) => _session = session;

    public ISqlDialect Dialect => _session.Dialect;

    internal DbSession Session => _session;

    /// <summary>The first row, or default (null for a reference or nullable type) when there is none.</summary>
    public T? QueryOne<T>(Sql sql, Func<DbDataReader, T> read)
    {
        using var rows = _session.Query(sql);
        return rows.Read() ? read(rows) : default;
    }

    /// <summary>Every row, in order; the statement bounds their number.</summary>
    public List<T> Query<T>(Sql sql, Func<DbDataReader, T> read)
    {
        using var rows = _session.Query(sql);
        var all = new List<T>();
        while (rows.Read()) { all.Add(read(rows)); }

        return all;
    }

    /// <summary>Calls <paramref name="each"/> per row without collecting them.</summary>
    public void ForEach(Sql sql, Action<DbDataReader> each)
    {
        using var rows = _session.Query(sql);
        while (rows.Read()) { each(rows); }
    }

    /// <summary>Several queries that do not need each other's answers: one trip to a database that is elsewhere.</summary>
    public void ForEach(params IReadOnlyList<(Sql Sql, Action<DbDataReader> Each)> queries) => _session.Query(queries);

    public bool Exists(Sql sql)
    {
        using var rows = _session.Query(sql);
        return rows.Read();
    }
}
