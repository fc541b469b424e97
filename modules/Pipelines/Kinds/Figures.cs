using System.Globalization;

namespace Slipway.Pipelines.Kinds;

/// <summary>Figures in summaries and logs.</summary>
internal static class Figures
{
    /// <summary>As people read it: <c>2,380</c>.</summary>
    public static string Text(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>As programs read it: <c>2380</c>.</summary>
    public static string Plain(long value) => value.ToString(CultureInfo.InvariantCulture);
}
