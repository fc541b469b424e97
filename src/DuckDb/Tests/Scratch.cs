using Slipway.DuckDb;

namespace Slipway.DuckDb.Tests;

/// <summary>A session in a folder of its own.</summary>
internal sealed class Scratch : IAsyncDisposable
{
    private Scratch(string folder, DuckDbSession session) => (Folder, Session) = (folder, session);

    public string Folder { get; }

    public DuckDbSession Session { get; }

    public static async Task<Scratch> Start(long memoryBytes = 256 << 20, double seconds = 60)
    {
        var folder = Directory.CreateTempSubdirectory("slipway-duckdb").FullName;
        return new Scratch(folder, await DuckDbSession.Start(Options(folder, memoryBytes, seconds), CancellationToken.None));
    }

    public static DuckDbWorkerOptions Options(string folder, long memoryBytes = 256 << 20, double seconds = 60) =>
        new(DuckDbProgram.Find(), folder, memoryBytes, 2, TimeSpan.FromSeconds(seconds));

    public async Task<object?[][]> Rows(string sql, params object?[] parameters)
    {
        var rows = new List<object?[]>();
        await foreach (var chunk in Session.Query(sql, parameters, CancellationToken.None))
        {
            for (var row = 0; row < chunk.Rows; row++) { rows.Add([.. chunk.Columns.Select(column => column.Value(row))]); }
        }

        return [.. rows];
    }

    public async Task<object?> One(string sql, params object?[] parameters) => (await Rows(sql, parameters))[0][0];

    public Task<long> Do(string sql, params object?[] parameters) => Session.Execute(sql, parameters, CancellationToken.None);

    public Task<DuckDbException> Fails(string sql, params object?[] parameters) => Assert.ThrowsAsync<DuckDbException>(() => Rows(sql, parameters));

    public async ValueTask DisposeAsync()
    {
        await Session.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
