namespace Slipway.Architecture.Tests;

internal static class Rule
{
    /// <summary>Asserts that a rule found nothing wrong; otherwise the test's message is the whole list.</summary>
    public static void Holds(IEnumerable<string> faults)
    {
        var all = faults.ToList();
        if (all.Count > 0) { Assert.Fail(string.Join('\n', all)); }
    }
}
