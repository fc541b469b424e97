using Slipway.Kernel;

namespace Slipway.Server;

/// <summary>The data folder of a demo: new at each start, and told from everybody else's folders by a marker in it.</summary>
internal sealed class DemoFolder
{
    /// <summary>Only a folder that holds a file of this name is ever deleted.</summary>
    public const string Marker = ".slipway-demo";

    private DemoFolder(string path) => Path = path;

    /// <summary>Absolute.</summary>
    public string Path { get; }

    /// <summary>Empties the demo's own folder, or makes it.</summary>
    /// <exception cref="IOException">There is something else in it; nothing was deleted.</exception>
    /// <exception cref="DataFolderInUseException">A server runs on it; nothing was deleted.</exception>
    public static DemoFolder Renew(string path)
    {
        var folder = new DemoFolder(System.IO.Path.GetFullPath(path));
        if (File.Exists(folder.Path)) { throw new IOException($"{folder.Path} is a file; name a folder by --data."); }

        if (Directory.Exists(folder.Path) && Directory.EnumerateFileSystemEntries(folder.Path).Any())
        {
            if (!File.Exists(System.IO.Path.Combine(folder.Path, Marker)))
            {
                throw new IOException($"{folder.Path} holds files that are not a demo's (there is no {Marker}), so it stays as it is. Name another folder by --data.");
            }

            using (DataFolder.Open(new ServerOptions { Data = folder.Path })) { }
            folder.Delete();
        }

        Directory.CreateDirectory(folder.Path);
        File.WriteAllText(System.IO.Path.Combine(folder.Path, Marker), "Made by ./slipway demo, which deletes this folder when it starts again.\n");
        return folder;
    }

    /// <summary>The marker goes last, so that a deletion cut short can be taken up again.</summary>
    public void Delete()
    {
        foreach (var entry in new DirectoryInfo(Path).EnumerateFileSystemInfos())
        {
            if (entry.Name == Marker) { continue; }

            if (entry is DirectoryInfo { LinkTarget: null } folder) { folder.Delete(recursive: true); }
            else { entry.Delete(); }
        }

        File.Delete(System.IO.Path.Combine(Path, Marker));
        Directory.Delete(Path);
    }
}
