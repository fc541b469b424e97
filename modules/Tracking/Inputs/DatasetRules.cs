using Slipway.Kernel;
using Slipway.Kernel.Mlflow;

namespace Slipway.Tracking.Inputs;

/// <summary>What clients may say of a dataset that a run used: MLflow's limits, in its words.</summary>
internal static class DatasetRules
{
    public const int NameChars = 500;
    public const int DigestChars = 36;
    public const int ModelIdChars = 250;
    private const int SourceTypeChars = 36;
    private const int SourceChars = 65_535;
    private const int SchemaChars = 1_048_575;
    private const int ProfileChars = 16_777_215;
    private const int TagKeyChars = 255;
    private const int TagValueChars = 500;

    public static Problem? Fault(DatasetInput input)
    {
        var dataset = input.Dataset;
        foreach (var (parameter, value, most) in ((string, string?, int)[])
        [
            ("name", dataset.Name, NameChars), ("digest", dataset.Digest, DigestChars), ("source_type", dataset.SourceType, SourceTypeChars), ("source", dataset.Source, SourceChars),
            ("schema", dataset.Schema, SchemaChars), ("profile", dataset.Profile, ProfileChars),
        ])
        {
            if (value?.Length > most) { return Problem.Invalid(parameter, KeyRules.TooLong(parameter, most)); }
        }

        foreach (var (key, value) in input.Tags)
        {
            if (key.Length > TagKeyChars) { return Problem.Invalid("key", KeyRules.TooLong("key", TagKeyChars)); }

            if (value.Length > TagValueChars) { return Problem.Invalid("value", KeyRules.TooLong("value", TagValueChars)); }
        }

        return null;
    }
}
