using System.Text.RegularExpressions;

namespace Slipway.Architecture.Tests;

/// <summary>What every file keeps to: a length that can be read whole, no mark of unfinished work, no suppressed test.</summary>
public sealed partial class FileTests
{
    private const int MaxLines = 400;
    private static readonly string[] Endings = [".cs", ".ts", ".tsx", ".css", ".sql", ".sh"];

    // Written by a program.
    private static readonly string[] Generated = ["src/Web/api/api.d.ts"];

    [Fact]
    public void No_source_file_is_longer_than_400_lines() => Rule.Holds(Repository.Files(Endings).SelectMany(TooLong));

    [Fact]
    public void No_file_carries_a_mark_of_unfinished_work() => Rule.Holds(Repository.Files(Endings).SelectMany(Unfinished));

    [Fact]
    public void No_test_is_switched_off() => Rule.Holds(Repository.Files(".cs", ".ts", ".tsx").SelectMany(SwitchedOff));

    [Fact]
    public void A_test_class_lies_in_a_test_project() => Rule.Holds(
        Repository.Files(".cs").Where(file => !file.IsTest && TestMark().IsMatch(file.Text)).Select(file => file.Path));

    [Fact]
    public void Each_fault_is_found()
    {
        Assert.Single(TooLong(new SourceFile("src/Kernel/Long.cs", new string('\n', MaxLines + 1))));
        Assert.Single(Unfinished(new SourceFile("src/Kernel/X.cs", "// TO" + "DO: later")));
        Assert.Single(Unfinished(new SourceFile("src/Kernel/X.cs", "throw new NotImplemented" + "Exception();")));
        Assert.Single(SwitchedOff(new SourceFile("modules/A/Tests/X.cs", "[Fact(Skip" + " = \"flaky\")]")));
        Assert.Single(SwitchedOff(new SourceFile("modules/A/Web/x.test.ts", "it" + ".skip('is slow', () => {});")));
    }

    private static IEnumerable<string> TooLong(SourceFile file) =>
        file.Lines.Count - 1 > MaxLines && !Generated.Contains(file.Path) ? [$"{file.Path} has {file.Lines.Count - 1} lines"] : [];

    private static IEnumerable<string> Unfinished(SourceFile file) =>
        file.Lines.Where(line => Mark().IsMatch(line)).Select(line => $"{file.Path}: {line.Trim()}");

    private static IEnumerable<string> SwitchedOff(SourceFile file) =>
        file.Lines.Where(line => Off().IsMatch(line)).Select(line => $"{file.Path}: {line.Trim()}");

    [GeneratedRegex(@"\b(TO" + @"DO|FIX" + @"ME|X" + @"XX|HA" + @"CK)\b|\bNotImplemented" + "Exception")]
    private static partial Regex Mark();

    // A skip with a condition (no PostgreSQL, no browser) is decided at run time and is none of these.
    [GeneratedRegex(@"\[(Fact|Theory)\((?!.*\bSkip(Unless|When)\b).*\bSkip\s*=\s*""|\b(it|test|describe)\.(skip|only|todo)\b")]
    private static partial Regex Off();

    [GeneratedRegex(@"^\s*\[(Fact|Theory)\b", RegexOptions.Multiline)]
    private static partial Regex TestMark();
}
