using System.Text.Json;
using Slipway.Kernel;
using Slipway.Registry.Ports;
using Slipway.Tracking.Ports;

namespace Slipway.Webhooks.Events;

/// <summary>Which event a fact is told as; pure.</summary>
internal static class FactEvents
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>The name of the event; null when no webhook hears of this kind of fact.</summary>
    public static string? Of(StoredFact fact) =>
        fact.Kind == ModelRegistered.Kind ? (Read<ModelRegistered>(fact).Prompt ? "prompt.created" : "registered_model.created")
        : fact.Kind == VersionRegistered.Kind ? (Read<VersionRegistered>(fact).Prompt ? "prompt_version.created" : "model_version.created")
        : fact.Kind == ModelTagSet.Kind ? (Read<ModelTagSet>(fact).Prompt ? "prompt_tag.set" : ModelTagSet.Kind)
        : fact.Kind == ModelTagDeleted.Kind ? (Read<ModelTagDeleted>(fact).Prompt ? "prompt_tag.deleted" : ModelTagDeleted.Kind)
        : fact.Kind == VersionTagSet.Kind ? (Read<VersionTagSet>(fact).Prompt ? "prompt_version_tag.set" : "model_version_tag.set")
        : fact.Kind == VersionTagDeleted.Kind ? (Read<VersionTagDeleted>(fact).Prompt ? "prompt_version_tag.deleted" : "model_version_tag.deleted")
        : fact.Kind == AliasChanged.Kind ? Alias(Read<AliasChanged>(fact))
        : fact.Kind == RunFinished.Kind ? (Read<RunFinished>(fact).Status == "finished" ? RunEnds.Well : RunEnds.Badly)
        : EventCatalogue.Find(fact.Kind) is { IsMlflow: false } ? fact.Kind
        : null;

    public static T Read<T>(StoredFact fact)
        where T : IFact => JsonSerializer.Deserialize<T>(fact.Body, Json)!;

    private static string Alias(AliasChanged change) => (change.Prompt ? "prompt_alias." : "model_version_alias.") + (change.To is null ? "deleted" : "created");
}
