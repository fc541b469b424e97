namespace Slipway.Reliability.Tests;

/// <summary>Some tests need what only root on a whole machine has. In CI they fail without it; elsewhere they are skipped and say why.</summary>
internal static class Privilege
{
    /// <param name="need">What is needed, for the message.</param>
    /// <param name="attempt">Gets it, or throws.</param>
    public static async Task<T> OrSkip<T>(string need, Func<Task<T>> attempt)
    {
        try { return await attempt(); }
        catch (Exception error) when (error is InvalidOperationException or System.ComponentModel.Win32Exception or IOException or UnauthorizedAccessException
            && Environment.GetEnvironmentVariable("CI") != "true")
        {
            Assert.Skip($"{need}: {error.Message}");
            throw;
        }
    }
}
