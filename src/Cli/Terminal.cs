namespace Slipway.Cli;

#pragma warning disable RS0030 // the one place of the CLI that talks to the terminal
internal static class Terminal
{
    public static void Line(string text) => Console.Out.WriteLine(text);

    public static void Error(string text) => Console.Error.WriteLine(text);
}
#pragma warning restore RS0030
