using System.Text.Json;
using Slipway.Serving.Ports;

namespace Slipway.Serving.Log;

/// <summary>What the rows of a Parquet file belong to; a JSON text under <see cref="Key"/> in the file's metadata. The column <c>deployment_no</c> is the place in <see cref="Deployments"/>.</summary>
internal sealed record ArchivedSchema(string Workspace, string Endpoint, IReadOnlyList<ArchivedDeployment> Deployments)
{
    public const string Key = "slipway.predictions";

    /// <summary>A column per field name and kind, <c>input.NAME</c>; a number is added where names differ by case only or the same name is a number here and a text there.</summary>
    public static ArchivedSchema Of(string workspace, string endpoint, IEnumerable<LoggedDeployment> deployments)
    {
        Dictionary<(string Name, bool IsNumber), string> columns = [];
        HashSet<string> taken = new(StringComparer.OrdinalIgnoreCase);
        string Column(PredictionField field)
        {
            if (columns.TryGetValue((field.Name, field.IsNumber), out var known)) { return known; }

            var name = $"input.{field.Name}";
            for (var i = 2; !taken.Add(name); i++) { name = $"input.{field.Name}.{i}"; }

            return columns[(field.Name, field.IsNumber)] = name;
        }

        return new(workspace, endpoint, [.. deployments.Select(deployment => new ArchivedDeployment(
            deployment.DeploymentId, deployment.Version,
            [.. deployment.Schema.Fields.Select(field => new ArchivedField(field.Name, field.IsNumber, field.Index, Column(field)))]))]);
    }

    /// <summary>Every column of inputs, in the order of the file.</summary>
    public IReadOnlyList<(string Name, bool IsNumber)> Columns() =>
        [.. Deployments.SelectMany(deployment => deployment.Fields).Select(field => (field.Column, field.IsNumber)).Distinct()];

    public string ToJson() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);

    /// <exception cref="JsonException">It is none.</exception>
    public static ArchivedSchema Parse(ReadOnlySpan<byte> json) => JsonSerializer.Deserialize<ArchivedSchema>(json, JsonSerializerOptions.Web) ?? throw new JsonException("null is no schema");
}

internal sealed record ArchivedDeployment(string DeploymentId, long Version, IReadOnlyList<ArchivedField> Fields)
{
    private PredictionSchema? _schema;

    /// <summary>One object for all of its rows.</summary>
    public PredictionSchema Schema() => _schema ??= new([.. Fields.Select(field => new PredictionField(field.Name, field.IsNumber, field.Index))]);
}

internal sealed record ArchivedField(string Name, bool IsNumber, int Index, string Column);
