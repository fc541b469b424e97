using System.Diagnostics;
using Slipway.Kernel;

namespace Slipway.Serving.Live;

/// <summary>The parts of answering a request.</summary>
internal enum Phase
{
    Parse,
    Check,
    Infer,
    Write,
    Serialise,
}

/// <summary>What one endpoint has answered in this process. Thread safe, without locks: it stands on the way of every answer.</summary>
internal sealed class ServingCounts
{
    public static readonly IReadOnlyList<Phase> Phases = Enum.GetValues<Phase>();
    private readonly long[] _ticks = new long[5];
    private long _requests;
    private long _refused;
    private long _failed;
    private long _predictions;
    private long _shadowsDropped;

    public long Requests => Interlocked.Read(ref _requests);

    public long Refused => Interlocked.Read(ref _refused);

    public long Failed => Interlocked.Read(ref _failed);

    public long Predictions => Interlocked.Read(ref _predictions);

    public RecentRefusals Refusals { get; } = new();

    /// <summary>Mean time of an answer by phase, in milliseconds; null before the first one.</summary>
    public IReadOnlyDictionary<string, double>? MeanMs => Requests is > 0 and var answered
        ? Phases.ToDictionary(phase => phase.ToString().ToLowerInvariant(), phase => Seconds(phase) * 1_000 / answered)
        : null;

    public long ShadowsDropped => Interlocked.Read(ref _shadowsDropped);

    /// <summary>All the time that answered requests spent in a phase.</summary>
    public double Seconds(Phase phase) => Interlocked.Read(ref _ticks[(int)phase]) / (double)Stopwatch.Frequency;

    public void Answered(int rows, ReadOnlySpan<long> ticks)
    {
        Interlocked.Increment(ref _requests);
        Interlocked.Add(ref _predictions, rows);
        for (var i = 0; i < ticks.Length; i++) { Interlocked.Add(ref _ticks[i], ticks[i]); }
    }

    /// <param name="problem">With a status from 500 on it is the server's fault.</param>
    public void NotAnswered(Problem problem, long atMs)
    {
        Interlocked.Increment(ref problem.Status >= 500 ? ref _failed : ref _refused);
        Refusals.Add(problem, atMs);
    }

    public void DropShadow() => Interlocked.Increment(ref _shadowsDropped);
}
