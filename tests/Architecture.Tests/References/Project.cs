using System.Xml.Linq;

namespace Slipway.Architecture.Tests;

/// <summary>A project and what it refers to, by name; what Directory.Build.props gives every module is not listed.</summary>
/// <param name="Path">Of the project file, from the root.</param>
internal sealed record Project(string Path, IReadOnlyList<string> References)
{
    public string Name { get; } = System.IO.Path.GetFileNameWithoutExtension(Path);

    public bool IsTest => Name.EndsWith(".Tests", StringComparison.Ordinal);

    public bool IsModule => Path.StartsWith("modules/", StringComparison.Ordinal) && !IsTest;

    public static IReadOnlyList<Project> All() => [.. Repository.Files(".csproj").Select(file => Parse(file, Expand))];

    /// <param name="expand">The project files that an Include with wildcards stands for.</param>
    public static Project Parse(SourceFile file, Func<string, string, IEnumerable<string>> expand) => new(
        file.Path,
        [.. XDocument.Parse(file.Text).Descendants("ProjectReference")
            .SelectMany(reference => expand(file.Path, ((string?)reference.Attribute("Include") ?? "").Replace("$(RepoRoot)", Repository.Root, StringComparison.Ordinal)))
            .Select(path => System.IO.Path.GetFileNameWithoutExtension(path)!)]);

    private static IEnumerable<string> Expand(string project, string include)
    {
        if (!include.Contains('*', StringComparison.Ordinal)) { return [include]; }

        // The one form in use: a folder of folders, each with its project.
        var folder = System.IO.Path.GetFullPath(System.IO.Path.Combine(Repository.Root, System.IO.Path.GetDirectoryName(project)!, include[..include.IndexOf('*', StringComparison.Ordinal)]));
        return Directory.EnumerateDirectories(folder).SelectMany(child => Directory.EnumerateFiles(child, "*.csproj"));
    }
}
