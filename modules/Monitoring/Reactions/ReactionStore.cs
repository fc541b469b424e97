using Slipway.Kernel;
using Slipway.Monitoring.Contracts;

namespace Slipway.Monitoring.Reactions;

/// <summary>A reaction that is still to be done.</summary>
internal sealed record DueReaction(string AlertId, long Place, string Reaction, long Attempts, string Workspace);

internal static class ReactionStore
{
    public const string Pending = "pending";
    public const string Done = "done";
    public const string NotNeeded = "notNeeded";
    public const string Failed = "failed";

    public static void Insert(WriteTx tx, string alertId, long place, string reaction, long nowMs) => tx.Execute(
        $"""
        INSERT INTO monitoring_reactions (alert_id, place, reaction, state, attempts, next_ms, created_ms) VALUES ({alertId}, {place}, {reaction}, {Pending}, {0}, {nowMs}, {nowMs})
        """);

    /// <summary>What is to be done by now, in the order in which it was decided.</summary>
    public static List<DueReaction> Due(ReadTx tx, long nowMs, int limit) => tx.Query(
        $"""
        SELECT r.alert_id, r.place, r.reaction, r.attempts, a.workspace FROM monitoring_reactions r JOIN monitoring_alerts a ON a.alert_id = r.alert_id
        WHERE r.state = 'pending' AND r.next_ms <= {nowMs} ORDER BY r.alert_id, r.place LIMIT {limit}
        """, row => new DueReaction(row.GetString(0), row.GetInt64(1), row.GetString(2), row.GetInt64(3), row.GetString(4)));

    /// <summary>False when it is no longer pending.</summary>
    public static bool End(WriteTx tx, DueReaction reaction, string state, string detail, long nowMs) => tx.Execute(
        $"UPDATE monitoring_reactions SET state = {state}, detail = {detail}, ended_ms = {nowMs} WHERE alert_id = {reaction.AlertId} AND place = {reaction.Place} AND state = {Pending}") == 1;

    public static void TryAgain(WriteTx tx, DueReaction reaction, string detail, long nextMs) => tx.Execute(
        $"""
        UPDATE monitoring_reactions SET attempts = attempts + 1, next_ms = {nextMs}, detail = {detail}
        WHERE alert_id = {reaction.AlertId} AND place = {reaction.Place} AND state = {Pending}
        """);

    /// <summary>By alert, in order.</summary>
    public static Dictionary<string, IReadOnlyList<ReactionView>> Of(ReadTx tx, IReadOnlyCollection<string> alertIds) => tx.Query(
        $"""
        SELECT alert_id, reaction, state, created_ms, detail, ended_ms FROM monitoring_reactions
        WHERE alert_id IN (SELECT value FROM {tx.Dialect.TextList(alertIds)}) ORDER BY alert_id, place
        """,
        row => (row.GetString(0), new ReactionView(row.GetString(1), row.GetString(2), row.GetInt64(3), row.IsDBNull(4) ? null : row.GetString(4), row.IsDBNull(5) ? null : row.GetInt64(5))))
        .GroupBy(row => row.Item1, StringComparer.Ordinal).ToDictionary(group => group.Key, group => (IReadOnlyList<ReactionView>)[.. group.Select(row => row.Item2)], StringComparer.Ordinal);
}
