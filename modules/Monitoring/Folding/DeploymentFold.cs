using Slipway.Monitoring.References;
using Slipway.Monitoring.Statistics;
using Slipway.Serving.Ports;

namespace Slipway.Monitoring.Folding;

/// <summary>One deployment while its predictions are folded, in memory. Not thread safe.</summary>
internal sealed class DeploymentFold
{
    private readonly Dictionary<string, EnvelopeTest> _envelopes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _newDecisions = new(StringComparer.Ordinal);
    private long _nextNumber, _newPredictions;

    /// <param name="reference">Of its version; null = the version is gone and none was made.</param>
    public DeploymentFold(FoldedDeployment state, LoadedReference? reference)
    {
        (DeploymentId, Version, Role, Reference) = (state.DeploymentId, state.Version, state.Role, reference);
        (_nextNumber, LastMs) = (state.NextNumber, state.LastMs);
        foreach (var (decision, envelope) in state.Envelopes) { _envelopes[decision] = envelope; }

        Open = state.Open is { } window ? new WindowFold(window, reference) : null;
    }

    public string DeploymentId { get; }

    public long Version { get; }

    public DeploymentRole Role { get; private set; }

    public LoadedReference? Reference { get; }

    public long LastMs { get; private set; }

    public WindowFold? Open { get; private set; }

    /// <summary>The running tests, by decision.</summary>
    public IReadOnlyDictionary<string, EnvelopeTest> Envelopes => _envelopes;

    /// <summary>The window that this prediction ends by its time without belonging to it; null when there is none.</summary>
    public WindowState? CloseBefore(Prediction prediction, long maximumAgeMs) =>
        Open is { } open && prediction.AtMs >= open.FromMs + maximumAgeMs ? Close() : null;

    /// <summary>Adds one prediction; returns the window that is full by it, null otherwise.</summary>
    public WindowState? Add(Prediction prediction, long size)
    {
        Open ??= new WindowFold(_nextNumber++, prediction, Reference);
        Open.Add(prediction);
        (Role, LastMs) = (prediction.Role, Math.Max(LastMs, prediction.AtMs));
        if (prediction.Decision is { } decision)
        {
            _newPredictions++;
            _newDecisions[decision] = _newDecisions.GetValueOrDefault(decision) + 1;
        }

        return Open.Predictions >= size ? Close() : null;
    }

    /// <summary>Ends the open window, if there is one.</summary>
    public WindowState? Close()
    {
        var closed = Open?.ToState();
        Open = null;
        return closed;
    }

    /// <summary>Looks at the decisions since the last call; tells the bands that are left now. A test that has told begins anew.</summary>
    public IReadOnlyList<(DecisionBandLimits Band, EnvelopeTest Test)> Judge(IReadOnlyList<DecisionBandLimits> bands, double alpha)
    {
        var broken = new List<(DecisionBandLimits, EnvelopeTest)>();
        foreach (var band in bands)
        {
            var known = _envelopes.GetValueOrDefault(band.Decision);
            var test = known is not null && known.Low == band.Low && known.High == band.High ? known : EnvelopeTest.Begin(band.Low, band.High);
            test = test.Add(_newPredictions, _newDecisions.GetValueOrDefault(band.Decision));
            if (test.IsBroken(alpha))
            {
                broken.Add((band, test));
                test = EnvelopeTest.Begin(band.Low, band.High);
            }

            _envelopes[band.Decision] = test;
        }

        foreach (var gone in _envelopes.Keys.Except(bands.Select(band => band.Decision)).ToList()) { _envelopes.Remove(gone); }

        _newPredictions = 0;
        _newDecisions.Clear();
        return broken;
    }

    /// <summary>The predictions since the start that speaks most clearly: long good times before a fault do not belong to it.</summary>
    public static (long Predictions, long Decisions) Telling(EnvelopeTest test) => test.Strongest is { Predictions: > 0 } start ? (start.Predictions, start.Decisions) : (test.Predictions, test.Decisions);

    public FoldedDeployment ToState() => new(DeploymentId, Version, Role, _nextNumber, LastMs, new Dictionary<string, EnvelopeTest>(_envelopes), Open?.ToState());
}

/// <summary>The share of a decision that is expected.</summary>
/// <param name="Approved">By the approval; false = the monitor's definition says so.</param>
internal sealed record DecisionBandLimits(string Decision, double Low, double High, bool Approved);
