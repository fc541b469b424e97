namespace Slipway.Monitoring.Statistics;

/// <summary>One column of a window against the reference.</summary>
/// <param name="Test"><c>ks</c> (numbers) or <c>chi2</c> (levels, and numbers with few different values).</param>
/// <param name="Psi">Population stability index, natural logarithm.</param>
/// <param name="PsiCut">What chance alone exceeds with probability α at these sizes.</param>
/// <param name="Statistic">D of Kolmogorov and Smirnov, or χ².</param>
/// <param name="PValue">Of equal distributions; missing and new values included.</param>
/// <param name="Bins">Shares then and now.</param>
/// <param name="ReferenceRows">With missing values.</param>
/// <param name="WindowRows">With missing values.</param>
internal sealed record ColumnDrift(
    string Feature, string Test, double Psi, double PsiCut, double Statistic, double PValue, IReadOnlyList<DriftBin> Bins, long ReferenceRows, long WindowRows)
{
    /// <summary>Adjusted over all columns of the window by Benjamini and Hochberg; <see cref="PValue"/> when there is no other.</summary>
    public double AdjustedP { get; init; } = PValue;

    /// <summary>Whether both sides have rows enough to say anything.</summary>
    public bool Enough { get; init; }

    /// <summary>Adjusted p at most α.</summary>
    public bool Real { get; init; }

    /// <summary>Index above its maximum, and above what chance explains (<see cref="PsiCut"/>).</summary>
    public bool Large { get; init; }

    /// <summary>Real, and large enough to matter.</summary>
    public bool Drifted => Enough && Real && Large;

    /// <summary>How far the index is above its mean under the same distribution; 0 when it is not.</summary>
    public double PsiExcess { get; init; }

    /// <summary>Its share of the sum of these excesses over all columns, 0 to 1.</summary>
    public double Contribution { get; init; }

    /// <summary>Mean of the finite values; null for other than numbers and without values.</summary>
    public double? MeanThen { get; init; }

    public double? MeanNow { get; init; }

    /// <summary>Share of rows without a (finite) value.</summary>
    public double MissingThen { get; init; }

    public double MissingNow { get; init; }

    /// <summary>Share of the window's numbers that lie outside the reference's smallest and largest; null for other than numbers.</summary>
    public double? OutsideNow { get; init; }

    /// <summary>A change of unit that would explain the difference, in words; null when none does.</summary>
    public string? UnitHint { get; init; }
}

/// <summary>A part of the values.</summary>
/// <param name="Label">Such as <c>≤ 0.3</c>, a level, <c>(other)</c>, <c>(new)</c> or <c>(missing)</c>.</param>
/// <param name="UpTo">Upper edge; null for the last bin and for levels.</param>
/// <param name="Reference">Share of the reference, 0 to 1.</param>
/// <param name="Window">Share of the window.</param>
internal sealed record DriftBin(string Label, double? UpTo, double Reference, double Window);
