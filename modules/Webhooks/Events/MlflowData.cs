using System.Globalization;
using System.Text.Json.Nodes;
using Slipway.Kernel;
using Slipway.Registry.Ports;

namespace Slipway.Webhooks.Events;

/// <summary>The <c>data</c> of MLflow's events, in its field names. What people wrote is read as it is when the fact is heard, mostly within a second.</summary>
internal sealed class MlflowData(IDescriptions descriptions)
{
    // Tags with which MLflow keeps a prompt in a registered model.
    private const string PromptMarks = "mlflow.prompt.";
    private const string PromptText = "mlflow.prompt.text";

    public JsonObject Of(ReadTx tx, StoredFact fact)
    {
        if (fact.Kind == ModelRegistered.Kind) { return Model(tx, FactEvents.Read<ModelRegistered>(fact)); }

        if (fact.Kind == VersionRegistered.Kind) { return Version(tx, FactEvents.Read<VersionRegistered>(fact)); }

        if (fact.Kind == ModelTagSet.Kind && FactEvents.Read<ModelTagSet>(fact) is var set)
        {
            return new() { ["name"] = set.Model, ["key"] = set.Key, ["value"] = set.Value ?? descriptions.OfModel(tx, set.Workspace, set.Model)?.Tags.GetValueOrDefault(set.Key) };
        }

        if (fact.Kind == ModelTagDeleted.Kind && FactEvents.Read<ModelTagDeleted>(fact) is var gone) { return new() { ["name"] = gone.Model, ["key"] = gone.Key }; }

        if (fact.Kind == VersionTagSet.Kind && FactEvents.Read<VersionTagSet>(fact) is var tag)
        {
            var value = tag.Value ?? descriptions.OfVersion(tx, tag.Workspace, tag.Model, tag.Version)?.Tags.GetValueOrDefault(tag.Key);
            return new() { ["name"] = tag.Model, ["version"] = Number(tag.Version), ["key"] = tag.Key, ["value"] = value };
        }

        if (fact.Kind == VersionTagDeleted.Kind && FactEvents.Read<VersionTagDeleted>(fact) is var lost)
        {
            return new() { ["name"] = lost.Model, ["version"] = Number(lost.Version), ["key"] = lost.Key };
        }

        var alias = FactEvents.Read<AliasChanged>(fact);
        var data = new JsonObject { ["name"] = alias.Model, ["alias"] = alias.Alias };
        if (alias.To is { } version) { data["version"] = Number(version); }

        return data;
    }

    private JsonObject Model(ReadTx tx, ModelRegistered fact)
    {
        var told = descriptions.OfModel(tx, fact.Workspace, fact.Model);
        return new() { ["name"] = fact.Model, ["tags"] = Tags(told, fact.Prompt), ["description"] = told?.Text };
    }

    private JsonObject Version(ReadTx tx, VersionRegistered fact)
    {
        var told = descriptions.OfVersion(tx, fact.Workspace, fact.Model, fact.Version);
        var data = new JsonObject { ["name"] = fact.Model, ["version"] = Number(fact.Version) };
        if (fact.Prompt) { data["template"] = told?.Tags.GetValueOrDefault(PromptText); }
        else { (data["source"], data["run_id"]) = (fact.Source, fact.RunId); }

        (data["tags"], data["description"]) = (Tags(told, fact.Prompt), told?.Text);
        return data;
    }

    private static JsonObject Tags(Description? told, bool prompt) => new(
        from tag in told?.Tags ?? new Dictionary<string, string>()
        where !prompt || !tag.Key.StartsWith(PromptMarks, StringComparison.Ordinal)
        orderby tag.Key
        select KeyValuePair.Create(tag.Key, (JsonNode?)tag.Value));

    private static string Number(long version) => version.ToString(CultureInfo.InvariantCulture);
}
