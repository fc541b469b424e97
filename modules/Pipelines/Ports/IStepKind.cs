using Slipway.Kernel;
using Slipway.Kernel.Yaml;

namespace Slipway.Pipelines.Ports;

/// <summary>
/// What a step of a pipeline does: <c>uses:</c> names it. A later room brings a kind of its own by registering an <c>IStepKind</c> singleton. Thread safe:
/// steps of several runs go on at once.
/// </summary>
public interface IStepKind
{
    /// <summary>What <c>uses:</c> says, lower case, such as <c>train</c>.</summary>
    string Name { get; }

    /// <summary>
    /// Part of the key under which results are reused: changes whenever the same inputs and settings could give another result. <see cref="StepVersion.Of"/> takes it from
    /// the compiled module.
    /// </summary>
    string Version { get; }

    /// <summary>What the step takes, gives and reads beside the definition. Settings may be faulty here: what cannot be told from them is left out.</summary>
    StepShape Shape(StepDefinition step);

    /// <summary>Every fault of <c>with:</c>, by path below the step (<c>with.label.column</c>), as <see cref="YamlSettings.End"/> gives them; empty = sound.</summary>
    IReadOnlyList<Fault> Check(StepDefinition step);

    /// <summary>
    /// Does the work, once per attempt. It may be run again after a crash, so what it writes elsewhere must be whole or absent, and harmless when made twice. Cancelled when
    /// the run is cancelled, the step's time is up or the server stops.
    /// </summary>
    /// <returns>The outputs that <see cref="Shape"/> promised; or the problem that ends the step (tried again while <c>retries:</c> allows it).</returns>
    Task<Result<StepOutcome>> Run(StepContext context, CancellationToken ct);

    /// <summary>Asked before an earlier result is taken again: its outputs are still stored, but what a kind made elsewhere may have been taken away since.</summary>
    /// <returns>What is gone, as the beginning of a sentence, such as <c>scorecard version 3</c>; null = nothing.</returns>
    Task<string?> Gone(string workspace, IReadOnlyDictionary<string, StepValue> outputs, CancellationToken ct) => Task.FromResult<string?>(null);
}

/// <summary>Versions of step kinds.</summary>
public static class StepVersion
{
    /// <summary>The identity of the build of the type's module: another build of other code has another one, a rebuild of the same code the same.</summary>
    public static string Of(Type kind) => kind.Module.ModuleVersionId.ToString("N");
}
