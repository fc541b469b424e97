namespace Slipway.Governance.Tests.Histories;

/// <summary>
/// What an approval means, written down once more and without any of the product's code: a snapshot of what was signed, compared with what is now. Sets in place of digests.
/// </summary>
internal sealed class ReferenceModel(string author)
{
    private readonly List<(string Id, string By, long EndsMs, bool Ended)> _exceptions = [];
    private (string Purpose, string Owner, int Tier)? _entry;
    private (string Text, int SignOffs, double Minimum, int Version)? _policy;
    private string _state = "none";
    private string _requester = "";
    private readonly HashSet<string> _signers = new(StringComparer.Ordinal);
    private Now? _signed;

    /// <summary>Of the approval that was asked for last.</summary>
    public string? Id { get; set; }

    public void SetEntry(string purpose, string owner, int tier)
    {
        _entry = (purpose, owner, tier);
        NoteChange();
    }

    public void SetPolicy(string text, int signOffs, double minimum)
    {
        if (_policy?.Text == text) { return; }

        _policy = (text, signOffs, minimum, (_policy?.Version ?? 0) + 1);
    }

    public void Grant(string id, string by, long endsMs) => _exceptions.Add((id, by, endsMs, false));

    public void EndException(string id)
    {
        var at = _exceptions.FindIndex(exception => exception.Id == id);
        _exceptions[at] = _exceptions[at] with { Ended = true };
    }

    public string? AnyException(Random random, long now)
    {
        var active = _exceptions.Where(exception => !exception.Ended && exception.EndsMs > now).ToList();
        return active.Count == 0 ? null : active[random.Next(active.Count)].Id;
    }

    public bool Ask(string who, long now)
    {
        Sweep(now);
        if (_state is "requested" or "granted") { return false; }

        (_state, _requester, _signed) = ("requested", who, null);
        _signers.Clear();
        return true;
    }

    public bool Sign(string who, long now)
    {
        Sweep(now);
        var current = At(now);
        if (_state != "requested" || who == author || who == _entry?.Owner || who == _requester || _signers.Contains(who) || !current.Allowed) { return false; }

        _signers.Add(who);
        _signed = current;
        if (_signers.Count >= Needed()) { _state = "granted"; }

        return true;
    }

    public void End() => _state = "ended";

    public bool InForce(long now)
    {
        Sweep(now);
        return _state == "granted" && _signers.Count >= Needed() && !_signers.Contains(author) && !_signers.Contains(_entry?.Owner ?? "") && !_signers.Contains(_requester);
    }

    private int Needed() => _policy is not { } policy ? 1 : _entry?.Tier == 1 ? 2 : _entry is null ? Math.Max(2, policy.SignOffs) : policy.SignOffs;

    // What was signed and is another thing now is over, for good.
    private void Sweep(long now)
    {
        if (_state is "requested" or "granted" && _signed is { } signed && (signed != At(now) || !At(now).Allowed)) { _state = "ended"; }
    }

    private void NoteChange()
    {
        if (_state is "requested" or "granted" && _signed is { } signed && (signed.Purpose, signed.Owner, signed.Tier) != (_entry!.Value.Purpose, _entry.Value.Owner, _entry.Value.Tier)) { _state = "ended"; }
    }

    private Now At(long now)
    {
        // The oldest that neither author nor owner has granted; needed only while the metric is too low.
        var exception = _exceptions.Find(one => !one.Ended && one.EndsMs > now && one.By != author && one.By != _entry?.Owner).Id;
        var low = _policy is { } policy && ScriptedVersions.Auc < policy.Minimum;

        // The policy that is built in asks for an evaluation, which these versions have not.
        var allowed = _policy is not null && _entry is not null && (!low || exception is not null);
        return new Now(_entry?.Purpose, _entry?.Owner, _entry?.Tier, _policy?.Version ?? 0, low ? exception : null, allowed);
    }

    private sealed record Now(string? Purpose, string? Owner, int? Tier, int Policy, string? Exception, bool Allowed);
}
