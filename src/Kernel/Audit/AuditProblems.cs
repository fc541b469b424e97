namespace Slipway.Kernel;

internal static class AuditProblems
{
    /// <summary>The log was changed behind the server's back: said, not hidden behind a general failure.</summary>
    public static Problem Corrupt(string detail) => new(500, "audit_corrupt", $"{detail} The log was changed after it was signed; run a verification.");
}
