namespace Slipway.OnnxRuntime.Check;

/// <summary>What has been found so far, up to the limit.</summary>
internal sealed class Faults(OnnxFileLimits limits)
{
    private readonly List<OnnxFileFault> _found = [];

    public OnnxFileLimits Limits => limits;

    public IReadOnlyList<OnnxFileFault> Found => _found;

    /// <summary>Nothing more needs to be looked for.</summary>
    public bool Full => _found.Count >= limits.Faults;

    public void Add(string place, string message)
    {
        if (!Full) { _found.Add(new OnnxFileFault(place, message)); }
    }

    /// <summary>Text of a stranger within a message: in quotes, short, on one line.</summary>
    public static string Quote(string text) =>
        $"'{string.Concat((text.Length > 60 ? text[..60] + "…" : text).Select(c => char.IsControl(c) ? '?' : c))}'";
}
