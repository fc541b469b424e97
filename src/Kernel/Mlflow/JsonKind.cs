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

    public static Problem Wrong(string parameter, JsonElement value)
    {
        var json = value.GetRawText();
        return MlflowFaults.WrongType(parameter, json.Length <= MaxShown ? json : json[..MaxShown] + "…", Name(value));
    }
}
