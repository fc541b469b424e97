using System.Globalization;
using System.Text.Json;
using Slipway.Kernel.Mlflow;
using Slipway.Registry.Models;
using Slipway.Registry.Versions;

namespace Slipway.Registry.Mlflow;

/// <summary>Models and versions as MLflow writes them.</summary>
internal static class RegistryJson
{
    /// <param name="latest">The newest version of each stage, without their aliases, as MLflow shows them there.</param>
    public static void Model(Utf8JsonWriter json, Model model, IEnumerable<ModelVersion> latest)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, model.Name);
        json.WriteNumber("creation_timestamp"u8, model.CreatedMs);
        json.WriteNumber("last_updated_timestamp"u8, model.UpdatedMs);
        if (!string.IsNullOrEmpty(model.Description)) { json.WriteString("description"u8, model.Description); }

        List(json, "latest_versions"u8, latest, version => Version(json, version, aliases: false));
        MlflowJson.Pairs(json, "tags"u8, model.Tags.Select(tag => (tag.Key, tag.Value)));
        List(json, "aliases"u8, model.Aliases, alias =>
        {
            json.WriteStartObject();
            json.WriteString("alias"u8, alias.Key);
            json.WriteString("version"u8, Number(alias.Value));
            json.WriteEndObject();
        });
        json.WriteEndObject();
    }

    /// <param name="aliases">MLflow shows them on a version that was asked for, not in lists of versions.</param>
    public static void Version(Utf8JsonWriter json, ModelVersion version, bool aliases)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, version.Model);
        json.WriteString("version"u8, Number(version.Number));
        json.WriteNumber("creation_timestamp"u8, version.CreatedMs);
        json.WriteNumber("last_updated_timestamp"u8, version.UpdatedMs);
        json.WriteString("current_stage"u8, version.Stage.ToString());
        json.WriteString("description"u8, version.Description);
        json.WriteString("source"u8, version.Source);
        json.WriteString("run_id"u8, version.RunId);
        json.WriteString("status"u8, "READY"u8);
        MlflowJson.Pairs(json, "tags"u8, version.Tags.Select(tag => (tag.Key, tag.Value)));
        json.WriteString("run_link"u8, version.RunLink);
        if (aliases) { List(json, "aliases"u8, version.Aliases, json.WriteStringValue); }

        json.WriteEndObject();
    }

    public static string Number(long version) => version.ToString(CultureInfo.InvariantCulture);

    private static void List<T>(Utf8JsonWriter json, ReadOnlySpan<byte> name, IEnumerable<T> items, Action<T> write)
    {
        var open = false;
        foreach (var item in items)
        {
            if (!open) { json.WriteStartArray(name); }

            open = true;
            write(item);
        }

        if (open) { json.WriteEndArray(); }
    }
}
