namespace Slipway.Kernel;

/// <summary>A transaction that may change records; what it changes is seen by others all at once or not at all.</summary>
public sealed class WriteTx : ReadTx
{
    private List<Action>? _afterCommit;

    internal WriteTx(DbSession session, TimeProvider clock)
        : base(session) => Clock = clock;

    public TimeProvider Clock { get; }

    /// <summary>The number of rows changed.</summary>
    public int Execute(Sql sql) => Session.Execute(sql);

    /// <summary>
    /// As <see cref="Execute"/> where nobody asks for the number of rows. It takes its place in the order of the statements, but where the database is elsewhere it travels with the next one: what it breaks
    /// is thrown there, or at the commit.
    /// </summary>
    public void Send(Sql sql) => Session.Send(sql);

    /// <summary>Runs once the commit has reached the disk, never otherwise; must be quick and must not throw.</summary>
    public void AfterCommit(Action action) => (_afterCommit ??= []).Add(action);

    internal void Committed()
    {
        foreach (var action in _afterCommit ?? []) { action(); }
    }
}
