using System.Diagnostics;

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

    public long ShadowsDropped => Interlocked.Read(ref _shadowsDropped);

    /// <summary>All the time that answered requests spent in a phase.</summary>
    public double Seconds(Phase phase) => Interlocked.Read(ref _ticks[(int)phase]) / (double)Stopwatch.Frequency;

    public void Answered(int rows, ReadOnlySpan<long> ticks)
    {
        Interlocked.Increment(ref _requests);
        Interlocked.Add(ref _predictions, rows);
        for (var i = 0; i < ticks.Length; i++) { Interlocked.Add(ref _ticks[i], ticks[i]); }
    }

    /// <param name="status">Of the refusal: from 500 on it is the server's fault.</param>
    public void NotAnswered(int status) => Interlocked.Increment(ref status >= 500 ? ref _failed : ref _refused);

    public void DropShadow() => Interlocked.Increment(ref _shadowsDropped);
}
