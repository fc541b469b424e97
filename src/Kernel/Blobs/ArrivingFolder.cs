namespace Slipway.Kernel;

/// <summary>A folder of what is on its way in; what a crash has left in it is removed at the next start.</summary>
internal sealed class ArrivingFolder
{
    private readonly string _folder;
    private readonly TimeProvider _clock;

    public ArrivingFolder(string folder, TimeProvider clock)
    {
        (_folder, _clock) = (folder, clock);
        Directory.CreateDirectory(folder);
        foreach (var path in Directory.EnumerateFiles(folder))
        {
            // A file that a living process writes is locked by it and stays.
            try { using var free = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose); }
            catch (IOException) { continue; }
        }
    }

    /// <summary>Path of a file that is not there yet.</summary>
    public string NewPath() => Path.Combine(_folder, Ids.New(_clock));
}
