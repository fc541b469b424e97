namespace Slipway.Cli.Import;

/// <summary>Files of this machine; links are not followed.</summary>
internal static class LocalFiles
{
    private static readonly EnumerationOptions Everything = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = false };

    public static IEnumerable<string> Paths(string folder) => Directory.EnumerateFiles(folder, "*", Everything).Order(StringComparer.Ordinal);

    public static IAsyncEnumerable<SourceFile> Below(string folder) => Paths(folder)
        .Select(file => new SourceFile(
            Path.GetRelativePath(folder, file).Replace('\\', '/'),
            _ => Task.FromResult<Stream>(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.Asynchronous | FileOptions.SequentialScan))))
        .ToAsyncEnumerable();
}
