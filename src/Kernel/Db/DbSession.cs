using System.Data.Common;

namespace Slipway.Kernel;

/// <summary>One connection, used by one thread: turns <see cref="Sql"/> into that database's commands.</summary>
internal abstract class DbSession : IDisposable
{
    public abstract ISqlDialect Dialect { get; }

    public abstract DbDataReader Query(Sql sql);

    public abstract int Execute(Sql sql);

    /// <summary>Runs a whole script of statements without parameters.</summary>
    public abstract void Script(string text);

    public abstract void Dispose();
}
