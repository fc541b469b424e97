using System.Data.Common;

namespace Slipway.Kernel;

/// <summary>One connection, used by one thread: turns <see cref="Sql"/> into that database's commands.</summary>
internal abstract class DbSession : IDisposable
{
    public abstract ISqlDialect Dialect { get; }

    public abstract DbDataReader Query(Sql sql);

    public abstract int Execute(Sql sql);

    /// <summary>As <see cref="Execute"/> where nobody asks for the number of rows: may wait for the next statement, or the commit, and go with it.</summary>
    public virtual void Send(Sql sql) => Execute(sql);

    /// <summary>Several queries, each with what is called per row.</summary>
    public virtual void Query(IReadOnlyList<(Sql Sql, Action<DbDataReader> Each)> queries)
    {
        foreach (var (sql, each) in queries)
        {
            using var rows = Query(sql);
            while (rows.Read()) { each(rows); }
        }
    }

    /// <summary>Runs a whole script of statements without parameters.</summary>
    public abstract void Script(string text);

    public abstract void Dispose();
}
