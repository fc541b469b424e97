using Slipway.Kernel;

namespace Slipway.Answers.Fold;

/// <summary>How far the facts are folded.</summary>
/// <param name="ReachedMs">No fact after <paramref name="Position"/> counts as earlier.</param>
internal readonly record struct Reached(long FoldVersion, long Position, long ReachedMs);

/// <summary>Writes names, intervals and moments.</summary>
internal static class IntervalStore
{
    /// <summary>End of what still holds.</summary>
    public const long Open = long.MaxValue;

    /// <summary>The model of what concerns the whole workspace.</summary>
    public const long Workspace = 0;

    public static Reached Reached(ReadTx tx) => tx.QueryOne(
        $"SELECT fold_version, position, reached_ms FROM answers_cursor WHERE id = 1", row => new Reached(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2)));

    public static void Save(WriteTx tx, Reached reached) => tx.Execute(
        $"""
        INSERT INTO answers_cursor (id, fold_version, position, reached_ms) VALUES (1, {reached.FoldVersion}, {reached.Position}, {reached.ReachedMs})
        ON CONFLICT (id) DO UPDATE SET fold_version = EXCLUDED.fold_version, position = EXCLUDED.position, reached_ms = EXCLUDED.reached_ms
        """);

    /// <summary>Forgets everything that can be folded again; pins are kept.</summary>
    public static void Clear(WriteTx tx)
    {
        tx.Execute($"DELETE FROM answers_intervals");
        tx.Execute($"DELETE FROM answers_names");
        tx.Execute($"DELETE FROM answers_moments");
    }

    public static void Pin(WriteTx tx, long afterPosition, long floorMs) => tx.Execute(
        $"""
        INSERT INTO answers_pins (after_position, floor_ms) VALUES ({afterPosition}, {floorMs})
        ON CONFLICT (after_position) DO UPDATE SET floor_ms = EXCLUDED.floor_ms WHERE answers_pins.floor_ms < EXCLUDED.floor_ms
        """);

    /// <summary>Pins from a position (inclusive) to another (exclusive), in order.</summary>
    public static List<(long After, long FloorMs)> Pins(ReadTx tx, long from, long to) => tx.Query(
        $"SELECT after_position, floor_ms FROM answers_pins WHERE after_position >= {from} AND after_position < {to} ORDER BY after_position", row => (row.GetInt64(0), row.GetInt64(1)));

    /// <summary>Null when nothing has this name at the end of what is folded.</summary>
    public static long? ModelNamed(ReadTx tx, string workspace, string name) => tx.QueryOne(
        $"SELECT model FROM answers_names WHERE workspace = {workspace} AND name = {name} AND to_position = {Open}", row => (long?)row.GetInt64(0));

    public static void Name(WriteTx tx, string workspace, string name, long model, long position) => tx.Execute(
        $"INSERT INTO answers_names (workspace, name, model, from_position, to_position) VALUES ({workspace}, {name}, {model}, {position}, {Open})");

    public static void Unname(WriteTx tx, string workspace, string name, long position) => tx.Execute(
        $"UPDATE answers_names SET to_position = {position} WHERE workspace = {workspace} AND name = {name} AND to_position = {Open}");

    public static void Begin(WriteTx tx, string workspace, long model, Change change, StoredFact fact, long effectiveMs) => tx.Execute(
        $"""
        INSERT INTO answers_intervals (workspace, model, to_position, subject, field, from_position, at_ms, value, digest)
        VALUES ({workspace}, {model}, {Open}, {change.Subject}, {change.Field}, {fact.Position}, {effectiveMs}, {fact.Body}, {change.Digest})
        """);

    public static void End(WriteTx tx, string workspace, long model, Change change, long position)
    {
        var subject = change.Below ? (Sql)$"substr(subject, 1, length({change.Subject})) = {change.Subject}" : (Sql)$"subject = {change.Subject}";
        var field = change.Field is { } one ? (Sql)$"AND field = {one}" : Sql.Empty;
        tx.Execute(
            $"""
            UPDATE answers_intervals SET to_position = {position}
            WHERE workspace = {workspace} AND model = {model} AND to_position = {Open} AND {subject} {field}
            """);
    }

    public static void EndAll(WriteTx tx, string workspace, long model, long position) => tx.Execute(
        $"UPDATE answers_intervals SET to_position = {position} WHERE workspace = {workspace} AND model = {model} AND to_position = {Open}");

    public static void Moment(WriteTx tx, StoredFact fact, long model, Folded folded, long effectiveMs) => tx.Execute(
        $"""
        INSERT INTO answers_moments (position, workspace, model, name, effective_ms, kind, what)
        VALUES ({fact.Position}, {fact.Workspace}, {model}, {folded.Model ?? ""}, {effectiveMs}, {fact.Kind}, {folded.What})
        """);
}
