using System.Globalization;

namespace Slipway.Datasets.Odcs;

/// <summary>The operators of ODCS's quality rules.</summary>
internal enum Operator
{
    MustBe,
    MustNotBe,
    MustBeGreaterThan,
    MustBeGreaterOrEqualTo,
    MustBeLessThan,
    MustBeLessOrEqualTo,
    MustBeBetween,
    MustNotBeBetween,
}

/// <summary>What a measured value must be; bounds of a range count as inside.</summary>
/// <param name="High">The second bound of a range; otherwise equal to <paramref name="Low"/>.</param>
/// <param name="Percent">The value is a share of the rows in percent, not a number of rows.</param>
internal sealed record Threshold(Operator Operator, double Low, double High, bool Percent)
{
    /// <summary>No row may break the rule.</summary>
    public static readonly Threshold None = new(Operator.MustBe, 0, 0, false);

    public bool Holds(long count, long rows)
    {
        var value = Percent ? (rows == 0 ? 0 : 100.0 * count / rows) : count;
        return Operator switch
        {
            Operator.MustBe => value == Low,
            Operator.MustNotBe => value != Low,
            Operator.MustBeGreaterThan => value > Low,
            Operator.MustBeGreaterOrEqualTo => value >= Low,
            Operator.MustBeLessThan => value < Low,
            Operator.MustBeLessOrEqualTo => value <= Low,
            Operator.MustBeBetween => value >= Low && value <= High,
            _ => value < Low || value > High,
        };
    }

    /// <summary>Such as <c>at most 5 percent of the rows</c>.</summary>
    public override string ToString()
    {
        var (low, high, of) = (Text(Low), Text(High), Percent ? " percent of the rows" : " rows");
        return Operator switch
        {
            Operator.MustBe => $"{low}{of}",
            Operator.MustNotBe => $"not {low}{of}",
            Operator.MustBeGreaterThan => $"more than {low}{of}",
            Operator.MustBeGreaterOrEqualTo => $"at least {low}{of}",
            Operator.MustBeLessThan => $"fewer than {low}{of}",
            Operator.MustBeLessOrEqualTo => $"at most {low}{of}",
            Operator.MustBeBetween => $"{low} to {high}{of}",
            _ => $"not {low} to {high}{of}",
        };
    }

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
