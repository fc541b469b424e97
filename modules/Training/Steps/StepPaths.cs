using Slipway.Kernel;

namespace Slipway.Training.Steps;

/// <summary>Says a problem of the numbers in the words of the definition: its path in the step stands before the sentence.</summary>
internal static class StepPaths
{
    public static Problem InStep(this Problem problem)
    {
        if (problem.Faults.Count > 0)
        {
            List<Fault> faults = [.. problem.Faults.Select(fault => new Fault(Path(fault.Field), $"{Path(fault.Field)}: {fault.Detail}"))];
            return problem with { Field = faults[0].Field, Faults = faults, Detail = string.Join(" ", faults.Select(fault => fault.Detail)) };
        }

        return problem.Field is { } field ? problem with { Field = Path(field), Detail = $"{Path(field)}: {problem.Detail}" } : problem;
    }

    // The inputs of a step stand below in:, its settings below with:.
    private static string Path(string field) => field is "model" or "data" ? $"in.{field}"
        : field.StartsWith("with", StringComparison.Ordinal) ? field
        : $"with.{field}";
}
