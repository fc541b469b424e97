using Slipway.Kernel;

namespace Slipway.Registry.Ports;

/// <summary>What people wrote on models and versions, as it is now. Asks for no permission: the asker tells only those who may know. Thread safe.</summary>
public interface IDescriptions
{
    /// <summary>Null when the workspace has no such model.</summary>
    Description? OfModel(ReadTx tx, string workspace, string model);

    /// <summary>Null when there is no such version or it was deleted.</summary>
    Description? OfVersion(ReadTx tx, string workspace, string model, long version);
}

/// <param name="Text">Null = none.</param>
public sealed record Description(string? Text, IReadOnlyDictionary<string, string> Tags);
