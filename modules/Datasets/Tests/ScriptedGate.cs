using Slipway.Kernel;

namespace Slipway.Datasets.Tests;

/// <summary>A policy as a test wants it.</summary>
internal sealed class ScriptedGate : IGate
{
    public List<string> Asked { get; } = [];

    /// <summary>The action that is refused; null = none.</summary>
    public string? Refused { get; set; }

    /// <summary>Done once, when a version is asked for: after the file was checked and before anything is stored.</summary>
    public Func<Task>? Meanwhile { get; set; }

    public async Task<GateAnswer> Ask(Caller caller, string action, string subject, IReadOnlyDictionary<string, string> evidence, CancellationToken ct)
    {
        Asked.Add($"{action} {subject}");
        var (meanwhile, allowed) = (action == "dataset.addVersion" ? Meanwhile : null, action != Refused);
        if (meanwhile is not null)
        {
            Meanwhile = null;
            await meanwhile();
        }

        return new GateAnswer(allowed, "scripted v1", [allowed ? "It may." : "It may not."]);
    }
}
