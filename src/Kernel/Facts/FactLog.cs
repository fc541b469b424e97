using System.Text.Json;

namespace Slipway.Kernel;

/// <summary>The outbox: writing facts with a change, reading them in order.</summary>
public static class FactLog
{
    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Tells <paramref name="fact"/> if and when this transaction commits.</summary>
    public static void Publish<T>(this WriteTx tx, Caller by, T fact)
        where T : IFact => tx.Execute(
        $"""
        INSERT INTO kernel_facts (fact_id, kind, workspace, subject, actor, at_ms, body)
        VALUES ({Ids.New(tx.Clock)}, {T.Kind}, {fact.Workspace}, {fact.Subject}, {by.Id}, {tx.Clock.NowMs()}, {JsonSerializer.Serialize(fact, Json)})
        """);

    /// <summary>Facts after a position, oldest first; a fact gets its position within a second of its commit.</summary>
    public static List<StoredFact> After(ReadTx tx, long position, int limit) => tx.Query(
        $"""
        SELECT position, fact_id, kind, workspace, subject, actor, at_ms, body FROM kernel_facts
        WHERE position > {position} ORDER BY position LIMIT {limit}
        """, Read);

    /// <summary>The newest facts of a workspace before a position (exclusive), newest first.</summary>
    public static List<StoredFact> Before(ReadTx tx, string workspace, long position, int limit) => tx.Query(
        $"""
        SELECT position, fact_id, kind, workspace, subject, actor, at_ms, body FROM kernel_facts
        WHERE workspace = {workspace} AND position < {position} ORDER BY position DESC LIMIT {limit}
        """, Read);

    private static StoredFact Read(System.Data.Common.DbDataReader row) => new(
        row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5), row.GetInt64(6), row.GetString(7));
}
