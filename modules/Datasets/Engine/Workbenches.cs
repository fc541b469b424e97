using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Slipway.DuckDb;
using Slipway.Kernel;

namespace Slipway.Datasets.Engine;

/// <summary>Gives out workbenches, so many at once as the settings say, and sweeps at the start what a crash has left. Thread safe.</summary>
internal sealed class Workbenches(ServerFolders folders, IOptions<DatasetsOptions> settings, IBlobStore blobs, TimeProvider clock) : IHostedService, IDisposable
{
    public const string LockFile = "lock";
    private const int MaxWaiting = 1_000;
    private readonly SemaphoreSlim _free = new(settings.Value.Workers);
    private int _waiting;

    private string Root => Path.GetFullPath(Path.Combine(folders.Data, "datasets-work"));

    /// <summary>A folder of its own; its worker comes with the first statement.</summary>
    public Workbench Open() => new(Path.Combine(Root, Ids.New(clock)), blobs, this);

    /// <summary>Waits for a free worker and starts it; <see cref="Free"/> gives its place back.</summary>
    /// <exception cref="OverloadedException">Too many wait already.</exception>
    internal async Task<DuckDbSession> Start(string folder, CancellationToken ct)
    {
        try
        {
            if (Interlocked.Increment(ref _waiting) > MaxWaiting) { throw new OverloadedException($"{MaxWaiting} files wait to be worked on; try again later."); }

            await _free.WaitAsync(ct);
        }
        finally { Interlocked.Decrement(ref _waiting); }

        try
        {
            var options = settings.Value;
            return await DuckDbSession.Start(
                new DuckDbWorkerOptions(DuckDbProgram.Find(), folder, (long)options.WorkerMemoryMib << 20, options.WorkerThreads, TimeSpan.FromSeconds(options.StatementSeconds)), ct);
        }
        catch
        {
            Free();
            throw;
        }
    }

    internal void Free() => _free.Release();

    public Task StartAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Root);
        foreach (var folder in Directory.EnumerateDirectories(Root)) { Sweep(folder); }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _free.Dispose();

    private static void Sweep(string folder)
    {
        // A folder that a living process works in is locked by it and stays.
        try
        {
            using (File.Open(Path.Combine(folder, LockFile), FileMode.OpenOrCreate, FileAccess.Write, FileShare.None)) { }

            Directory.Delete(folder, recursive: true);
        }
        catch (IOException) { return; }
    }
}
