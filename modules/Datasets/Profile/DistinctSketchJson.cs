using System.Text.Json.Serialization;
using System.Text.Json;
using Slipway.Datasets.Ports;

namespace Slipway.Datasets.Profile;

/// <summary>A <see cref="DistinctSketch"/> as its bytes in base64.</summary>
internal sealed class DistinctSketchJson : JsonConverter<DistinctSketch>
{
    public override DistinctSketch Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TryGetBytesFromBase64(out var bytes) ? DistinctSketch.Parse(bytes) : throw new JsonException("A sketch of distinct values is written in base64.");

    public override void Write(Utf8JsonWriter writer, DistinctSketch value, JsonSerializerOptions options) => writer.WriteBase64StringValue(value.ToBytes());
}
