using System.Globalization;

namespace Slipway.Kernel;

/// <summary>Which objects of one kind a caller may see or change in a workspace, for lists and searches.</summary>
/// <param name="Except">True = all but <paramref name="Ids"/>; false = only those.</param>
public sealed record ObjectScope(bool Except, IReadOnlyCollection<string> Ids)
{
    public static readonly ObjectScope Everything = new(true, []);

    public bool IsEverything => Except && Ids.Count == 0;

    public bool Includes(string id) => Ids.Contains(id) != Except;

    public bool Includes(long id) => IsEverything || Includes(id.ToString(CultureInfo.InvariantCulture));

    /// <summary>A condition that begins with AND; empty when everything is included.</summary>
    /// <param name="column">Literal SQL of ours that holds the id.</param>
    /// <param name="numbers">The column is an integer.</param>
    public Sql And(ISqlDialect dialect, string column, bool numbers = false)
    {
        if (IsEverything) { return Sql.Empty; }

        var all = new Sql(0, 0);
        all.AppendLiteral($" AND {column} {(Except ? "NOT IN" : "IN")} (SELECT value FROM ");
        all.AppendFormatted(numbers ? dialect.IntegerList([.. Ids.Select(id => long.Parse(id, CultureInfo.InvariantCulture))]) : dialect.TextList(Ids));
        all.AppendLiteral(")");
        return all;
    }
}
