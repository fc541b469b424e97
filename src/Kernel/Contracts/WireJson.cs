using System.Text.Json;
using System.Text.Json.Serialization;

namespace Slipway.Kernel.Contracts;

/// <summary>JSON of the native API, the same for server, client and CLI: camelCase, enums as strings, absent rather than null, strict in what it reads.</summary>
public static class WireJson
{
    public static readonly JsonSerializerOptions Options = Create();

    /// <summary>Unknown and duplicate fields are errors: a misspelt field must not be ignored silently.</summary>
    public static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions();
        Apply(options);
        return options;
    }

    public static void Apply(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.DictionaryKeyPolicy = null;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.AllowDuplicateProperties = false;
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
        options.PropertyNameCaseInsensitive = false;
        options.MaxDepth = 32;
        if (options.Converters.Count == 0) { options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false)); }
    }
}
