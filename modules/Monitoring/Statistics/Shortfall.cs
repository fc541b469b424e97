namespace Slipway.Monitoring.Statistics;

/// <summary>How far a realised measure falls short of the evaluation's.</summary>
internal static class Shortfall
{
    // Half a 95 % interval is so many standard errors.
    private const double Errors95 = 1.959963984540054;

    /// <summary>
    /// In standard errors of the difference; above 0 = worse. The evaluation's figure varies by chance too: as much as this one would with its rows, as the error of a mean falls with the root of the
    /// rows. Null when the figure has no interval.
    /// </summary>
    /// <param name="evaluated">The same measure in the evaluation.</param>
    /// <param name="rows">Outcomes behind the figure.</param>
    /// <param name="evaluatedRows">Rows behind the evaluation's; at least 1.</param>
    /// <param name="higherIsBetter">True for <c>roc_auc</c> and <c>accuracy</c>, false for losses.</param>
    public static double? Errors(Figure figure, double evaluated, long rows, long evaluatedRows, bool higherIsBetter)
    {
        if (figure is not { Value: { } value, Low: { } low, High: { } high } || high <= low) { return null; }

        var error = (high - low) / 2 / Errors95 * Math.Sqrt(1 + ((double)rows / evaluatedRows));
        return (higherIsBetter ? evaluated - value : value - evaluated) / error;
    }
}
