using System.Globalization;

namespace Slipway.Reliability.Tests;

/// <summary>Each test says what it measured, in the test's output and on the terminal; docs/reliability.md quotes these lines.</summary>
internal static class Report
{
    public static void Line(FormattableString text)
    {
        var line = text.ToString(CultureInfo.InvariantCulture);
        TestContext.Current.TestOutputHelper?.WriteLine(line);
        Console.WriteLine("measured: " + line);
    }

    public static string Spread(IReadOnlyCollection<double> values, string unit) =>
        string.Create(CultureInfo.InvariantCulture, $"median {values.Order().ElementAt(values.Count / 2):#,0} {unit}, at most {values.Max():#,0} {unit}");
}
