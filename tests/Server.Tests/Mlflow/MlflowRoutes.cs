using System.Text.RegularExpressions;

namespace Slipway.Server.Tests;

/// <summary>The routes of MLflow, from <c>data/mlflow-routes.txt</c>.</summary>
internal static partial class MlflowRoutes
{
    /// <summary>Below both of the protocol's addresses where it has both.</summary>
    public static IReadOnlyList<(string Method, string Path)> All { get; } =
    [
        .. from line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "data", "mlflow-routes.txt"))
           where line.Length > 0 && line[0] != '#'
           let parts = line.Split(' ', 2)
           from path in parts[1].StartsWith('/') ? [parts[1]] : (string[])["/api/" + parts[1], "/ajax-api/" + parts[1]]
           select (parts[0], path),
    ];

    /// <summary>The same text for patterns that differ only in the names of their parameters.</summary>
    public static string Shape(string pattern) => Hole().Replace("/" + pattern.TrimStart('/'), "{}");

    /// <summary>A path that the pattern takes.</summary>
    public static string Filled(string pattern) => Hole().Replace(pattern, "0123456789abcdef0123456789abcdef");

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Hole();
}
