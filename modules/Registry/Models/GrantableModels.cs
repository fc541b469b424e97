using Slipway.Kernel;

namespace Slipway.Registry.Models;

/// <summary>Registered models, prompts included, as grants name them.</summary>
internal sealed class GrantableModels : IGrantable
{
    public string Kind => ObjectRef.Model;

    public string? NameOf(ReadTx tx, string workspace, string id) => ModelStore.HolderOf(tx, workspace, id)?.Name;
}
