namespace Slipway.Cli;

#pragma warning disable RS0030 // the one place of the CLI that talks to the terminal
internal static class Terminal
{
    public static void Line(string text) => Console.Out.WriteLine(Plain(text));

    public static void Error(string text) => Console.Error.WriteLine(Plain(text));

    /// <summary>Names and texts of others must not move the cursor or colour the screen: control characters become a question mark.</summary>
    internal static string Plain(string text) => text.Any(IsControl) ? string.Concat(text.Select(c => IsControl(c) ? '?' : c)) : text;

    private static bool IsControl(char c) => char.IsControl(c) && c is not ('\n' or '\t');
}
#pragma warning restore RS0030
