using System.Text.Json;

namespace Slipway.Kernel.Mlflow;

/// <summary>Values as MLflow's messages show them: compact JSON, with the name of the Python type.</summary>
public static class JsonKind
{
    private const int MaxShown = 200;

    public static string Name(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "dict",
        JsonValueKind.Array => "list",
        JsonValueKind.String => "str",
        JsonValueKind.True or JsonValueKind.False => "bool",
        JsonValueKind.Number => value.GetRawText().AsSpan().IndexOfAny(".eE") >= 0 ? "float" : "int",
        _ => "NoneType",
    };

    public static Problem Wrong(string parameter, JsonElement value) => MlflowFaults.WrongType(parameter, Shown(value), Name(value));

    /// <summary>A whole number that 64 bits do not hold.</summary>
    public static Problem OutOfRange(string parameter, JsonElement value) => Problem.Invalid(
        parameter, $"Invalid value {Shown(value)} for parameter '{parameter}' supplied: it must be from {long.MinValue} to {long.MaxValue}, what an integer of 64 bits holds.");

    private static string Shown(JsonElement value)
    {
        var json = value.GetRawText();
        return json.Length <= MaxShown ? json : json[..MaxShown] + "…";
    }
}
