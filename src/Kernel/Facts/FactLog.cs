using System.Text.Json;

namespace Slipway.Kernel;

/// <summary>The outbox: writing facts with a change, reading them in order.</summary>
public static class FactLog
{
    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Tells <paramref name="fact"/> if and when this transaction commits.</summary>
    public static void Publish<T>(this WriteTx tx, Caller by, T fact)
        where T : IFact => tx.Send(
        $"""
        INSERT INTO kernel_facts (fact_id, kind, workspace, subject, actor, at_ms, body)
        VALUES ({Ids.New(tx.Clock)}, {T.Kind}, {fact.Workspace}, {fact.Subject}, {by.Id}, {tx.Clock.NowMs()}, {JsonSerializer.Serialize(fact, Json)})
        """);

    /// <summary>Facts after a position, oldest first; a fact gets its position within a second of its commit.</summary>
    public static List<StoredFact> After(ReadTx tx, long position, int limit) => Between(tx, position, long.MaxValue, IFactHandler.Every, limit);

    /// <summary>Facts of a kind after a position and up to another, oldest first.</summary>
    /// <param name="kind">Or <see cref="IFactHandler.Every"/>.</param>
    public static List<StoredFact> Between(ReadTx tx, long after, long to, string kind, int limit) => tx.Query(
        $"""
        SELECT position, fact_id, kind, workspace, subject, actor, at_ms, body FROM kernel_facts
        WHERE position > {after} AND position <= {to} {(kind == IFactHandler.Every ? Sql.Empty : (Sql)$"AND kind = {kind}")} ORDER BY position LIMIT {limit}
        """, Read);

    /// <summary>The last position that was given; 0 = none yet.</summary>
    public static long Last(ReadTx tx) => tx.QueryOne($"SELECT COALESCE(MAX(position), 0) FROM kernel_facts", row => row.GetInt64(0));

    /// <summary>Where the order ends: the last position (0 = none yet), and the newest committed fact that waits for its own (null = none waits).</summary>
    public static (long Last, string? Waiting) End(ReadTx tx) => (
        Last(tx),
        tx.QueryOne($"SELECT fact_id FROM kernel_facts WHERE position IS NULL ORDER BY fact_id DESC LIMIT 1", row => row.GetString(0)));

    /// <summary>The last position that facts committed by now have or will get; a later fact gets a greater one, unless another replica's clock is behind.</summary>
    public static long Reach(ReadTx tx) => tx.QueryOne(
        $"SELECT (SELECT COALESCE(MAX(position), 0) FROM kernel_facts) + (SELECT COUNT(*) FROM kernel_facts WHERE position IS NULL)", row => row.GetInt64(0));

    /// <summary>The position of a fact; null while it waits for it. Facts that waited together are placed in the order of their ids.</summary>
    public static long? PositionOf(ReadTx tx, string factId) =>
        tx.QueryOne($"SELECT position FROM kernel_facts WHERE fact_id = {factId}", row => row.IsDBNull(0) ? (long?)null : row.GetInt64(0));

    /// <summary>The newest facts of a workspace before a position (exclusive), newest first.</summary>
    public static List<StoredFact> Before(ReadTx tx, string workspace, long position, int limit) => tx.Query(
        $"""
        SELECT position, fact_id, kind, workspace, subject, actor, at_ms, body FROM kernel_facts
        WHERE workspace = {workspace} AND position < {position} ORDER BY position DESC LIMIT {limit}
        """, Read);

    private static StoredFact Read(System.Data.Common.DbDataReader row) => new(
        row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5), row.GetInt64(6), row.GetString(7));
}
