using System.Text.Json;
using System.Text.Json.Serialization;
using Slipway.Kernel.Contracts;

namespace Slipway.Client;

/// <summary>JSON as the two protocols write it. What a newer server says besides is skipped.</summary>
internal static class ClientJson
{
    public static readonly JsonSerializerOptions Native = new(WireJson.Options) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip };

    /// <summary>MLflow's: snake_case, NaN and infinities as text, absent rather than null.</summary>
    public static readonly JsonSerializerOptions Mlflow = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals | JsonNumberHandling.AllowReadingFromString,
    };
}
