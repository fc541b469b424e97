using Microsoft.AspNetCore.Http;
using Slipway.Kernel;

namespace Slipway.Serving.Predict;

/// <summary><c>X-Slipway-Unit</c>: by what the traffic is split, for clients that cannot change the body; what the body says comes first.</summary>
internal static class UnitHeader
{
    public const string Name = "X-Slipway-Unit";

    public static Problem? Read(HttpRequest http, PredictionRequest request)
    {
        if (request.Unit is not null || !http.Headers.TryGetValue(Name, out var given)) { return null; }

        request.Unit = given.ToString();
        return request.Unit.Length is > 0 and <= PredictionRequest.MostUnitChars ? null
            : Problem.Invalid(Name, $"The header '{Name}' has {request.Unit.Length} characters; a unit has 1 to {PredictionRequest.MostUnitChars}.");
    }
}
