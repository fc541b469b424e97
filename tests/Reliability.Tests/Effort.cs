namespace Slipway.Reliability.Tests;

/// <summary>How often the repeated tests repeat: <c>./slipway test --long</c> sets SLIPWAY_LONG.</summary>
internal static class Effort
{
    public static int Of(int ci, int full) => Environment.GetEnvironmentVariable("SLIPWAY_LONG") == "1" ? full : ci;
}
