namespace Slipway.Architecture.Tests;

/// <summary>Files that a program writes and a person reviews as a diff. <c>./slipway refresh</c> runs the tests with the trait <c>golden</c> to rewrite them; otherwise tests compare.</summary>
internal static class Golden
{
    /// <summary>True while <c>./slipway refresh</c> runs.</summary>
    public static bool Refreshing { get; } = Environment.GetEnvironmentVariable("REFRESH_GOLDEN") == "1";

    /// <summary>Asserts that the checked-in file is what the program would write now; writes it while refreshing.</summary>
    public static void Matches(string path, string expected)
    {
        var full = Path.Combine(Repository.Root, path);
        if (Refreshing)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            File.WriteAllText(full, expected);
        }

        Assert.Null(Fault(path, File.Exists(full) ? File.ReadAllText(full) : "", expected));
    }

    /// <summary>What to do when the file differs from what it should be; null when it does not.</summary>
    public static string? Fault(string path, string actual, string expected) =>
        actual.ReplaceLineEndings("\n") == expected.ReplaceLineEndings("\n") ? null : $"{path} is stale; run ./slipway refresh";
}
