using Slipway.Answers.AsOf;
using Slipway.Answers.Fold;
using Slipway.Kernel;

namespace Slipway.Answers.State;

internal static class StateStore
{
    /// <summary>Null when the workspace had no registered model of this name at the moment.</summary>
    public static ModelState? Find(ReadTx tx, string workspace, string name, Moment moment)
    {
        if (MomentStore.ModelNamed(tx, workspace, name, moment.Position) is not { } model) { return null; }

        var state = new ModelState(workspace, name, moment, Holding(tx, workspace, model, moment.Position).Concat(Holding(tx, workspace, IntervalStore.Workspace, moment.Position)));
        return state.IsRegistered ? state : null;
    }

    private static List<Interval> Holding(ReadTx tx, string workspace, long model, long position) => tx.Query(
        $"""
        SELECT subject, field, value, digest, from_position, at_ms FROM answers_intervals
        WHERE workspace = {workspace} AND model = {model} AND to_position > {position} AND from_position <= {position}
        """, row => new Interval(row.GetString(0), row.GetString(1), row.GetString(2), row.IsDBNull(3) ? null : row.GetString(3), row.GetInt64(4), row.GetInt64(5)));
}
