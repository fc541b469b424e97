namespace Slipway.Kernel;

/// <summary>Where this process keeps its files.</summary>
/// <param name="Data">The data folder; a module makes one folder of its own in it, for what may be lost with a crash.</param>
public sealed record ServerFolders(string Data);
