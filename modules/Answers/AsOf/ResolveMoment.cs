using System.Diagnostics;
using Slipway.Answers.Fold;
using Slipway.Kernel;

namespace Slipway.Answers.AsOf;

/// <summary>
/// From a moment as it was asked for to a position that stays the answer for ever. What was committed a moment ago gets its position within a second, so a question about now waits for it, briefly;
/// a question about a time after which nothing was told is pinned: whatever is placed later counts as later.
/// </summary>
internal sealed class ResolveMoment(Db db, TimeProvider clock)
{
    /// <summary>A fact may tell a time this long before it is placed; a time is settled only once it is this old.</summary>
    private const int SettleMs = 1_000;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>How long a question waits for what is on its way.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(8);

    public async Task<Result<Moment>> Handle(string workspace, Asked asked, CancellationToken ct)
    {
        var nowMs = clock.NowMs();
        switch (asked)
        {
            case Asked.At at: return await At(workspace, at, nowMs, ct);
            case Asked.Time time when time.Ms > nowMs: return InFuture(time.Ms, nowMs);
            case Asked.Time time: return await AtTime(workspace, time.Ms, ct);
            default: return await Now(workspace, nowMs, ct);
        }
    }

    private async Task<Result<Moment>> At(string workspace, Asked.At at, long nowMs, CancellationToken ct)
    {
        if (await db.Read(FactLog.End, ct) is (var last, null) && at.Number > last) { return Problem.Invalid("asOf", $"There is no position {at.Number} yet; the last one is {last}."); }

        if (await Settled(tx => IsFolded(tx, at.Number), ct) is { } problem) { return problem; }

        var moment = await db.Read(tx => MomentStore.AtPosition(tx, workspace, at.Number), ct);
        if (at.Ms is not { } ms) { return moment; }

        return ms > Math.Max(nowMs, moment.AtMs) ? InFuture(ms, nowMs)
            : ms >= moment.AtMs ? moment with { AtMs = ms }
            : Problem.Invalid("asOf", $"The moment position:{at.Number}@{ms} contradicts itself: what is at that position happened at {moment.AtMs}. Leave out @{ms}, or ask for the time {ms} alone.");
    }

    /// <summary>Everything that was committed when the question came is in the answer.</summary>
    private async Task<Result<Moment>> Now(string workspace, long nowMs, CancellationToken ct)
    {
        var (last, waiting) = await db.Read(FactLog.End, ct);
        if (await Settled(tx => waiting is null ? IsFolded(tx, last) : FactLog.PositionOf(tx, waiting) is { } placed && IsFolded(tx, placed), ct) is { } problem) { return problem; }

        return await db.Read(tx => MomentStore.AtPosition(tx, workspace, IntervalStore.Reached(tx).Position) is var moment ? moment with { AtMs = Math.Max(nowMs, moment.AtMs) } : default, ct);
    }

    private async Task<Result<Moment>> AtTime(string workspace, long ms, CancellationToken ct)
    {
        if (await Settled(tx => Passed(tx, ms) || (clock.NowMs() >= ms + SettleMs && FactLog.End(tx) is (var last, null) && IsFolded(tx, last)), ct) is { } problem) { return problem; }

        if (!await db.Read(tx => Passed(tx, ms), ct)) { await db.Write(tx => Pin(tx, ms), ct); }

        return await db.Read<Result<Moment>>(tx => Passed(tx, ms) ? MomentStore.AtTime(tx, workspace, ms) with { AtMs = ms } : NotSettled(), ct);
    }

    /// <summary>From here on, nothing that is folded later happened at or before the moment.</summary>
    private static void Pin(WriteTx tx, long ms)
    {
        var reached = IntervalStore.Reached(tx);
        if (Passed(tx, ms) || FactLog.End(tx) is not (var last, null) || !IsFolded(tx, last)) { return; }

        IntervalStore.Pin(tx, reached.Position, ms + 1);
        IntervalStore.Save(tx, reached with { ReachedMs = ms + 1 });
    }

    /// <summary>Whatever is folded later counts as later than this time.</summary>
    private static bool Passed(ReadTx tx, long ms) => IntervalStore.Reached(tx) is var reached && reached.FoldVersion == Folding.Version && reached.ReachedMs > ms;

    /// <summary>Everything up to this position is folded, by this version of the folding.</summary>
    public static bool IsFolded(ReadTx tx, long position) => IntervalStore.Reached(tx) is var reached && reached.FoldVersion == Folding.Version && reached.Position >= position;

    /// <summary>Waits a little; null once it is so.</summary>
    private async Task<Problem?> Settled(Func<ReadTx, bool> settled, CancellationToken ct)
    {
        var began = Stopwatch.GetTimestamp();
        while (!await db.Read(settled, ct))
        {
            if (Stopwatch.GetElapsedTime(began) > Patience) { return NotSettled(); }

            await Task.Delay(Pause, ct);
        }

        return null;
    }

    private static Problem InFuture(long ms, long nowMs) =>
        Problem.Invalid("asOf", $"The moment {ms} lies in the future; it is {nowMs} now (milliseconds since 1970). Leave it out for now.");

    public static Problem NotSettled() => new(503, "not_settled", "What was told at that moment is still being taken in, so the answer could change; ask again in a second.") { Field = "asOf", RetryAfterSeconds = 1 };
}
