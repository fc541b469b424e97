using System.Globalization;

namespace Slipway.Governance.Policies;

/// <summary>Spans of time as policies write them: <c>90d</c>, <c>12h</c>, <c>30m</c>, <c>45s</c>.</summary>
internal static class Durations
{
    private static readonly (char Unit, long Ms)[] Units = [('d', 86_400_000), ('h', 3_600_000), ('m', 60_000), ('s', 1_000)];

    /// <summary>Milliseconds; null when it is no span of 1 s to 10,000 days.</summary>
    public static long? Parse(string text)
    {
        var unit = Array.Find(Units, unit => text.EndsWith(unit.Unit));
        return unit.Ms > 0 && int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0 && count <= 864_000_000_000 / unit.Ms ? count * unit.Ms : null;
    }

    /// <summary>In the greatest unit of which it is at least one, rounded down.</summary>
    public static string Text(long ms)
    {
        var unit = Array.Find(Units, unit => ms >= unit.Ms);
        return unit.Ms == 0 ? $"{ms.ToString(CultureInfo.InvariantCulture)} ms" : string.Create(CultureInfo.InvariantCulture, $"{ms / unit.Ms}{unit.Unit}");
    }
}
