using System.Text.Json;
using Slipway.Kernel;

namespace Slipway.Tracking.Mlflow;

/// <summary>Values as MLflow's messages show them: compact JSON, with the name of the Python type.</summary>
internal static class JsonKind
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

    public static Problem Wrong(string parameter, JsonElement value)
    {
        var json = value.GetRawText();
        return Faults.WrongType(parameter, json.Length <= MaxShown ? json : json[..MaxShown] + "…", Name(value));
    }
}
