using System.Globalization;
using Slipway.Kernel;

namespace Slipway.Server;

/// <summary>The folders exist, and this process alone uses them, for as long as this lives.</summary>
public sealed class DataFolder : IDisposable
{
    private readonly FileStream _lock;

    private DataFolder(FileStream held) => _lock = held;

    /// <exception cref="DataFolderInUseException">Another process holds it.</exception>
    public static DataFolder Open(ServerOptions options)
    {
        Directory.CreateDirectory(options.Data);
        if (options.Bucket is null) { Directory.CreateDirectory(options.BlobsOrDefault); }

        // SQLite is guarded where the file is, whatever data folder names it; otherwise the data folder is.
        var postgres = new DbOptions(options.DatabaseOrDefault).IsPostgres;
        var path = postgres ? Path.Combine(options.Data, "slipway.lock") : options.DatabaseOrDefault + ".lock";
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder) { Directory.CreateDirectory(folder); }

        try
        {
            var held = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            held.SetLength(0);
            held.Write(System.Text.Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));
            held.Flush();
            return new DataFolder(held);
        }
        catch (IOException)
        {
            throw new DataFolderInUseException($"Another slipway server uses {(postgres ? options.Data : options.DatabaseOrDefault)} (it holds {path}). Stop it, or choose another --data.");
        }
    }

    public void Dispose() => _lock.Dispose();
}

public sealed class DataFolderInUseException(string message) : Exception(message);
