namespace Slipway.DuckDb.Tests;

/// <summary>A folder for one test.</summary>
internal sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("slipway-duckdb").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
