namespace Slipway.Kernel;

/// <summary>Name of a log in its checkpoints: from its first key, so that a log rebuilt elsewhere under the same key shows as a fork of it.</summary>
internal static class AuditOrigin
{
    public static string Of(string firstKeyId) => $"slipway/audit/{firstKeyId[..16]}";
}
