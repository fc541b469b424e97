using Slipway.Kernel;
using Slipway.Registry.Ports;
using Slipway.Registry.Versions;

namespace Slipway.Registry.Models;

internal sealed class DescriptionsPort : IDescriptions
{
    public Description? OfModel(ReadTx tx, string workspace, string model) =>
        ModelStore.HolderOf(tx, workspace, model) is { } found ? Of(found.Description, ModelStore.Complete(tx, [found])[0].Tags) : null;

    public Description? OfVersion(ReadTx tx, string workspace, string model, long version) =>
        VersionStore.FindForServer(tx, workspace, model, version) is { } found ? Of(found.Description, found.Tags) : null;

    private static Description Of(string? text, IReadOnlyList<KeyValuePair<string, string>> tags) =>
        new(string.IsNullOrEmpty(text) ? null : text, new Dictionary<string, string>(tags, StringComparer.Ordinal));
}
