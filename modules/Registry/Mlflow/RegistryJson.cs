using System.Globalization;
using System.Text.Json;
using Slipway.Kernel.Mlflow;
using Slipway.Registry.Models;
using Slipway.Registry.Versions;
using Slipway.Tracking.Ports;

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
        if (!string.IsNullOrEmpty(model.DeploymentJobId)) { json.WriteString("deployment_job_id"u8, model.DeploymentJobId); }

        json.WriteEndObject();
    }

    /// <param name="aliases">MLflow shows them on a version that was asked for, not in lists of versions.</param>
    /// <param name="logged">What was logged of the model that the version is; null = it is not asked for, or there is none.</param>
    public static void Version(Utf8JsonWriter json, ModelVersion version, bool aliases, LoggedModelRecord? logged = null)
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

        if (version.LoggedModelId is not null) { json.WriteString("model_id"u8, version.LoggedModelId); }

        if (logged is not null) { LoggedModel(json, logged); }

        json.WriteEndObject();
    }

    private static void LoggedModel(Utf8JsonWriter json, LoggedModelRecord logged)
    {
        List(json, "model_params"u8, logged.Params.OrderBy(param => param.Key, StringComparer.Ordinal), param =>
        {
            json.WriteStartObject();
            json.WriteString("name"u8, param.Key);
            json.WriteString("value"u8, param.Value);
            json.WriteEndObject();
        });
        List(json, "model_metrics"u8, logged.Measures, measure =>
        {
            json.WriteStartObject();
            json.WriteString("key"u8, measure.Key);
            if (double.IsNaN(measure.Value)) { json.WriteString("value"u8, "NaN"u8); }
            else { json.WriteNumber("value"u8, measure.Value); }

            json.WriteNumber("timestamp"u8, measure.TimeMs);
            json.WriteNumber("step"u8, measure.Step);
            if (measure.DatasetName is not null) { json.WriteString("dataset_name"u8, measure.DatasetName); }

            if (measure.DatasetDigest is not null) { json.WriteString("dataset_digest"u8, measure.DatasetDigest); }

            json.WriteString("model_id"u8, logged.ModelId);
            json.WriteString("run_id"u8, measure.RunId);
            json.WriteEndObject();
        });
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
