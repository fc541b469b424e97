using Slipway.Kernel;

namespace Slipway.Answers.Fold;

/// <summary>Folds the next facts, in the one order of all kinds, in the transaction that moves the cursor: each is folded once, or the whole batch again.</summary>
internal static class FoldBatch
{
    public const int Size = 200;

    /// <remarks>What an earlier version of the folding has written is folded anew from the first fact.</remarks>
    /// <returns>Workspaces and models that changed (an empty name: the whole workspace), and how many facts were read.</returns>
    public static (IReadOnlyCollection<(string Workspace, string Model)> Changed, int Read) Next(WriteTx tx)
    {
        var reached = IntervalStore.Reached(tx);
        if (reached.FoldVersion != Folding.Version)
        {
            IntervalStore.Clear(tx);
            reached = new Reached(Folding.Version, 0, 0);
        }

        var facts = FactLog.After(tx, reached.Position, Size);
        var clock = new EffectiveTime(reached, facts.Count == 0 ? [] : IntervalStore.Pins(tx, reached.Position, facts[^1].Position));
        var changed = new HashSet<(string, string)>();
        foreach (var fact in facts)
        {
            var effectiveMs = clock.Of(fact);
            if (Folding.Of(fact) is not { } folded) { continue; }

            Apply(tx, fact, folded, effectiveMs);
            changed.Add((fact.Workspace, folded.Model ?? ""));
        }

        IntervalStore.Save(tx, new Reached(Folding.Version, facts.Count == 0 ? reached.Position : facts[^1].Position, clock.ReachedMs));
        return (changed, facts.Count);
    }

    private static void Apply(WriteTx tx, StoredFact fact, Folded folded, long effectiveMs)
    {
        var model = folded.Model is { } name ? ModelOf(tx, fact, name, folded.Previous) : IntervalStore.Workspace;
        foreach (var change in folded.Changes)
        {
            IntervalStore.End(tx, fact.Workspace, model, change, fact.Position);
            if (change.Holds) { IntervalStore.Begin(tx, fact.Workspace, model, change, fact, effectiveMs); }
        }

        IntervalStore.Moment(tx, fact, model, folded, effectiveMs);
        if (folded is { Gone: true, Model: { } gone })
        {
            IntervalStore.EndAll(tx, fact.Workspace, model, fact.Position);
            IntervalStore.Unname(tx, fact.Workspace, gone, fact.Position);
        }
    }

    /// <summary>Whoever is named first by this fact is known by its position from now on.</summary>
    private static long ModelOf(WriteTx tx, StoredFact fact, string name, string? previous)
    {
        if (previous is null && IntervalStore.ModelNamed(tx, fact.Workspace, name) is { } known) { return known; }

        var model = previous is null ? fact.Position : IntervalStore.ModelNamed(tx, fact.Workspace, previous) ?? fact.Position;
        if (previous is not null)
        {
            IntervalStore.Unname(tx, fact.Workspace, previous, fact.Position);
            IntervalStore.Unname(tx, fact.Workspace, name, fact.Position);
        }

        IntervalStore.Name(tx, fact.Workspace, name, model, fact.Position);
        return model;
    }
}

/// <summary>
/// When a fact counts as having happened: the latest time that was told up to it. The times of facts need not rise with their positions (transactions end late, clocks are set); this one does, so that
/// a moment in time belongs to one position for ever.
/// </summary>
internal sealed class EffectiveTime(Reached reached, IReadOnlyList<(long After, long FloorMs)> pins)
{
    private int _pin;

    public long ReachedMs { get; private set; } = reached.ReachedMs;

    /// <summary>Called once for each fact, in order.</summary>
    public long Of(StoredFact fact)
    {
        for (; _pin < pins.Count && pins[_pin].After < fact.Position; _pin++) { ReachedMs = Math.Max(ReachedMs, pins[_pin].FloorMs); }

        return ReachedMs = Math.Max(ReachedMs, fact.AtMs);
    }
}
