namespace Slipway.Kernel;

public static class Clock
{
    /// <summary>Unix time in milliseconds, UTC: the unit of every stored time.</summary>
    public static long NowMs(this TimeProvider clock) => clock.GetUtcNow().ToUnixTimeMilliseconds();
}
