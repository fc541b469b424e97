namespace Slipway.Monitoring.Statistics;

/// <summary>
/// Whether the share of a decision is within a band, asked after every batch for as long as predictions come: the chance of ever calling a share within the band broken is at most α, however
/// often one looks. Immutable; the fields are the whole state, to be stored between batches.
/// <para>
/// The evidence is a test martingale (J. Ville 1939; H. Robbins, Annals of Mathematical Statistics 41, 1970): a mixture of likelihood ratios of shares beyond an edge against the edge itself, each of
/// which has an expectation of at most 1 under every share within the band. Because much old evidence for the band would hide a new fault, the test starts again every <see cref="Spacing"/>
/// predictions; the j-th start has the weight 1 / (j (j + 1)), and as the weights sum to 1 the whole stays a test martingale (J. Shin, A. Ramdas, A. Rinaldo, "E-detectors", arXiv 2203.03532,
/// section 2). What is dropped, being hopeless, only makes it smaller.
/// </para>
/// </summary>
/// <param name="Low">Least share, 0 to <paramref name="High"/>; 0 = no lower edge.</param>
/// <param name="High">Greatest share, up to 1; 1 = no upper edge.</param>
/// <param name="Predictions">All so far.</param>
/// <param name="Decisions">Those of them with the decision.</param>
/// <param name="LogEvidence">Natural logarithm of the greatest evidence so far, at least 0; the band is broken at α when it reaches ln(1 / α).</param>
/// <param name="Starts">Open tests with what came since each started, oldest first.</param>
/// <param name="LastStart">Number of the newest start, from 1.</param>
/// <param name="Strongest">Where the evidence was greatest: the start that had most of it, with what had come since; null while there is none.</param>
internal sealed record EnvelopeTest(
    double Low, double High, long Predictions, long Decisions, double LogEvidence, IReadOnlyList<EnvelopeStart> Starts, long LastStart, EnvelopeStart? Strongest = null)
{
    public const int Spacing = 50;
    private const int MostStarts = 40;
    private const double Hopeless = -30;

    /// <summary>p at any time: at most α with a chance of at most α, over the whole life; never rises.</summary>
    public double PValue => Math.Exp(-LogEvidence);

    /// <summary>Of all predictions so far; 0 before the first.</summary>
    public double Share => Predictions == 0 ? 0 : (double)Decisions / Predictions;

    /// <summary>On which side of the band the evidence is.</summary>
    public EnvelopeSide Side => Strongest is not { } start ? EnvelopeSide.Inside
        : (double)start.Decisions / start.Predictions is var share && share > High ? EnvelopeSide.Above
        : share < Low ? EnvelopeSide.Below
        : EnvelopeSide.Inside;

    /// <summary>The test before the first prediction.</summary>
    /// <param name="low">0 to <paramref name="high"/>.</param>
    /// <param name="high">Up to 1.</param>
    public static EnvelopeTest Begin(double low, double high) => new(low, high, 0, 0, 0, [new EnvelopeStart(1, 0, 0)], 1);

    public bool IsBroken(double alpha) => LogEvidence >= -Math.Log(alpha);

    /// <param name="predictions">Of a batch of any size.</param>
    /// <param name="decisions">Those of them with the decision.</param>
    public EnvelopeTest Add(long predictions, long decisions)
    {
        if (predictions == 0) { return this; }

        var upper = High < 1 ? new EdgeEvidence(High) : null;
        var lower = Low > 0 ? new EdgeEvidence(1 - Low) : null;
        var starts = Starts.Select(start => start with { Predictions = start.Predictions + predictions, Decisions = start.Decisions + decisions })
            .Select(start => (Start: start, Log: Log(start, upper, lower))).ToList();

        // What is not spent on starts yet is 1 / (last + 1).
        var sum = starts.Sum(start => Math.Exp(start.Log)) + (1.0 / (LastStart + 1));
        var evidence = double.IsFinite(sum) ? Math.Log(sum) : starts.Max(start => start.Log);
        var kept = starts.Where(start => start.Log > Hopeless).OrderByDescending(start => start.Log).Take(MostStarts).Select(start => start.Start).OrderBy(start => start.Number).ToList();
        var next = this with { Predictions = Predictions + predictions, Decisions = Decisions + decisions, Starts = kept };
        if (evidence > LogEvidence) { next = next with { LogEvidence = evidence, Strongest = starts.MaxBy(start => start.Log).Start }; }

        return next.Predictions / Spacing == Predictions / Spacing ? next : next with { Starts = [.. kept, new EnvelopeStart(LastStart + 1, 0, 0)], LastStart = LastStart + 1 };
    }

    private static double Log(EnvelopeStart start, EdgeEvidence? upper, EdgeEvidence? lower)
    {
        var weight = -Math.Log(start.Number * (start.Number + 1.0));
        var above = upper?.Log(start.Predictions, start.Decisions) ?? double.NegativeInfinity;
        var below = lower?.Log(start.Predictions, start.Predictions - start.Decisions) ?? double.NegativeInfinity;
        return weight + (upper is null || lower is null ? Math.Max(above, below) : Add(above, below) - Math.Log(2));
    }

    private static double Add(double a, double b) => Math.Max(a, b) + double.LogP1(Math.Exp(-Math.Abs(a - b)));
}

internal enum EnvelopeSide
{
    Inside,
    Above,
    Below,
}

/// <param name="Number">From 1.</param>
/// <param name="Predictions">Since it started.</param>
/// <param name="Decisions">Those of them with the decision.</param>
internal sealed record EnvelopeStart(long Number, long Predictions, long Decisions);
