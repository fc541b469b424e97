namespace Slipway.Architecture.Tests;

/// <summary>The checkout that this test was built from.</summary>
internal static class Repository
{
    private static readonly string[] NotOurs = [".git", "artifacts", "bin", "node_modules", "obj", "slipway-data", "slipway-demo"];

    public static string Root { get; } = FindRoot();

    /// <summary>The names of the folders under <c>modules/</c> that hold a project.</summary>
    public static IReadOnlyList<string> Modules { get; } =
        [.. Directory.EnumerateFiles(Path.Combine(Root, "modules"), "*.csproj", SearchOption.AllDirectories)
            .Select(path => Path.GetFileNameWithoutExtension(path)!)
            .Where(name => !name.EndsWith(".Tests", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)];

    /// <summary>Every file of ours with one of the endings, as paths from the root with forward slashes, in order.</summary>
    public static IReadOnlyList<SourceFile> Files(params string[] endings) =>
        [.. Walk(Root).Where(path => endings.Any(ending => path.EndsWith(ending, StringComparison.Ordinal)))
            .Order(StringComparer.Ordinal)
            .Select(path => new SourceFile(Path.GetRelativePath(Root, path).Replace('\\', '/'), File.ReadAllText(path)))];

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    public static bool Exists(string path) => Path.Exists(Path.Combine(Root, path));

    private static IEnumerable<string> Walk(string folder) => Directory.EnumerateFiles(folder).Concat(
        Directory.EnumerateDirectories(folder).Where(child => !NotOurs.Contains(Path.GetFileName(child))).SelectMany(Walk));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Slipway.slnx")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException($"{AppContext.BaseDirectory} lies in no checkout of Slipway.");
        }

        return folder.FullName;
    }
}

/// <param name="Path">From the root of the repository, with forward slashes.</param>
internal sealed record SourceFile(string Path, string Text)
{
    /// <summary>The module that the file belongs to; null outside <c>modules/</c>.</summary>
    public string? Module => Path.StartsWith("modules/", StringComparison.Ordinal) ? Path.Split('/')[1] : null;

    public bool IsTest => Path.StartsWith("tests/", StringComparison.Ordinal) || Path.Contains("/Tests/", StringComparison.Ordinal) || Path.Contains(".test.", StringComparison.Ordinal);

    public IReadOnlyList<string> Lines => Text.Split('\n');
}
