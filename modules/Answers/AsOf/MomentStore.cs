using Slipway.Answers.Contracts;
using Slipway.Answers.Fold;
using Slipway.Kernel;

namespace Slipway.Answers.AsOf;

internal static class MomentStore
{
    /// <summary>The last moment of a workspace at or before a time; its position is 0 when there is none.</summary>
    public static Moment AtTime(ReadTx tx, string workspace, long ms) => tx.QueryOne(
        $"""
        SELECT position, effective_ms FROM answers_moments WHERE workspace = {workspace} AND effective_ms <= {ms}
        ORDER BY effective_ms DESC, position DESC LIMIT 1
        """, row => new Moment(row.GetInt64(0), row.GetInt64(1)));

    /// <summary>The last moment of a workspace at or before a position; its position is 0 when there is none.</summary>
    public static Moment AtPosition(ReadTx tx, string workspace, long position) => tx.QueryOne(
        $"SELECT position, effective_ms FROM answers_moments WHERE workspace = {workspace} AND position <= {position} ORDER BY position DESC LIMIT 1",
        row => new Moment(row.GetInt64(0), row.GetInt64(1)));

    /// <summary>Null when nothing of the workspace had this name then.</summary>
    public static long? ModelNamed(ReadTx tx, string workspace, string name, long position) => tx.QueryOne(
        $"""
        SELECT model FROM answers_names
        WHERE workspace = {workspace} AND name = {name} AND from_position <= {position} AND to_position > {position} LIMIT 1
        """, row => (long?)row.GetInt64(0));

    /// <summary>Moments of a model and of its workspace before a position (exclusive), newest first.</summary>
    public static List<MomentView> Before(ReadTx tx, string workspace, string name, long model, long before, int limit) =>
    [
        .. Of(tx, workspace, name, model, before, limit).Concat(Of(tx, workspace, name, IntervalStore.Workspace, before, limit).Where(moment => moment.Position >= model))
            .OrderByDescending(moment => moment.Position).Take(limit),
    ];

    private static List<MomentView> Of(ReadTx tx, string workspace, string name, long model, long before, int limit) => tx.Query(
        $"""
        SELECT position, name, effective_ms, what FROM answers_moments
        WHERE workspace = {workspace} AND model = {model} AND position < {before} ORDER BY position DESC LIMIT {limit}
        """, row => new MomentView(row.GetInt64(0), row.GetString(1) is { Length: > 0 } then ? then : name, row.GetInt64(2), row.GetString(3)));
}
