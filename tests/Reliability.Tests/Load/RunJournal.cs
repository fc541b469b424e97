namespace Slipway.Reliability.Tests;

/// <summary>
/// What one writer knows about one run. The writer sends one request at a time and notes its answer before the next, so at most one write is in doubt:
/// acknowledged ones must be there, refused ones must not, the one in doubt may be there as a whole or not at all.
/// </summary>
internal sealed class RunJournal(string name)
{
    private readonly Dictionary<string, string> _acknowledged = [];
    private Write? _inDoubt;

    public string Name { get; } = name;

    /// <summary>Null until the creation was acknowledged.</summary>
    public string? RunId { get; private set; }

    public int Acknowledged { get; private set; }

    public void Sending(Write write) => _inDoubt = write;

    public void Accepted(Write write, string runId)
    {
        RunId = runId;
        foreach (var (slot, value) in write.Slots) { _acknowledged[slot] = value; }

        Acknowledged++;
        _inDoubt = null;
    }

    public void Refused() => _inDoubt = null;

    /// <param name="stored">What the store holds for the run: place to value; null when it has no such run.</param>
    /// <returns>A sentence per fault.</returns>
    public IEnumerable<string> Faults(IReadOnlyDictionary<string, string>? stored)
    {
        if (stored is null) { return RunId is null ? [] : [$"lost: run {Name} ({RunId}) was acknowledged and is not there"]; }

        var doubtful = _inDoubt?.Slots ?? new Dictionary<string, string>();
        var lost = _acknowledged.Where(slot => !doubtful.ContainsKey(slot.Key) && stored.GetValueOrDefault(slot.Key) != slot.Value)
            .Select(slot => $"lost: {Name} {slot.Key} should be {slot.Value} and is {stored.GetValueOrDefault(slot.Key) ?? "absent"}");
        var unknown = stored.Where(slot => !doubtful.ContainsKey(slot.Key) && !_acknowledged.ContainsKey(slot.Key))
            .Select(slot => $"unasked: {Name} {slot.Key} is {slot.Value}, which nobody wrote or which was refused");
        return [.. lost, .. unknown, .. Torn(doubtful, stored)];
    }

    private IEnumerable<string> Torn(IReadOnlyDictionary<string, string> doubtful, IReadOnlyDictionary<string, string> stored)
    {
        var after = doubtful.Count(slot => stored.GetValueOrDefault(slot.Key) == slot.Value);
        var before = doubtful.Count(slot => stored.GetValueOrDefault(slot.Key) == _acknowledged.GetValueOrDefault(slot.Key));
        if (after != doubtful.Count && before != doubtful.Count)
        {
            yield return $"torn: {Name} holds {after} of the {doubtful.Count} parts of {_inDoubt}";
        }
    }
}
