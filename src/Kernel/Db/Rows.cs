namespace Slipway.Kernel;

/// <summary>Many rows in few statements.</summary>
public static class Rows
{
    // Three sizes make three statement texts, whatever the number of rows; 64 rows of 10 holes stay far below SQLite's 32,766 parameters.
    private static readonly int[] Sizes = [64, 8, 1];

    /// <summary>Runs <paramref name="statement"/> on groups of rows, each written by <paramref name="row"/> as <c>(…, …)</c>.</summary>
    /// <param name="statement">Gets <c>(…), (…), …</c>, such as for <c>INSERT … VALUES</c>.</param>
    /// <returns>The number of rows changed.</returns>
    public static int ExecuteRows<T>(this WriteTx tx, IReadOnlyList<T> rows, Func<T, Sql> row, Func<Sql, Sql> statement) => Statements(rows, row, statement).Sum(tx.Execute);

    /// <summary>As <see cref="ExecuteRows"/>, where nobody asks for the number of rows (<see cref="WriteTx.Send"/>).</summary>
    public static void SendRows<T>(this WriteTx tx, IReadOnlyList<T> rows, Func<T, Sql> row, Func<Sql, Sql> statement)
    {
        foreach (var some in Statements(rows, row, statement)) { tx.Send(some); }
    }

    private static IEnumerable<Sql> Statements<T>(IReadOnlyList<T> rows, Func<T, Sql> row, Func<Sql, Sql> statement)
    {
        for (var at = 0; at < rows.Count;)
        {
            var size = Array.Find(Sizes, size => size <= rows.Count - at);
            var values = Sql.Empty;
            for (var i = 0; i < size; i++)
            {
                if (i > 0) { values.AppendLiteral(", "); }

                values.AppendFormatted(row(rows[at + i]));
            }

            yield return statement(values);
            at += size;
        }
    }
}
