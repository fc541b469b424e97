namespace Slipway.Kernel;

/// <summary>Many rows in few statements.</summary>
public static class Rows
{
    // Three sizes make three statement texts, whatever the number of rows; 64 rows of 10 holes stay far below SQLite's 32,766 parameters.
    private static readonly int[] Sizes = [64, 8, 1];

    /// <summary>Runs <paramref name="statement"/> on groups of rows, each written by <paramref name="row"/> as <c>(…, …)</c>.</summary>
    /// <param name="statement">Gets <c>(…), (…), …</c>, such as for <c>INSERT … VALUES</c>.</param>
    /// <returns>The number of rows changed.</returns>
    public static int ExecuteRows<T>(this WriteTx tx, IReadOnlyList<T> rows, Func<T, Sql> row, Func<Sql, Sql> statement)
    {
        var changed = 0;
        for (var at = 0; at < rows.Count;)
        {
            var size = Array.Find(Sizes, size => size <= rows.Count - at);
            var values = Sql.Empty;
            for (var i = 0; i < size; i++)
            {
                if (i > 0) { values.AppendLiteral(", "); }

                values.AppendFormatted(row(rows[at + i]));
            }

            changed += tx.Execute(statement(values));
            at += size;
        }

        return changed;
    }
}
