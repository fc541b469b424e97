using System.Globalization;

namespace Slipway.Answers.Fold;

/// <summary>What intervals are about, within a model or a workspace.</summary>
internal static class Subjects
{
    public const string Model = "model";
    public const string Policy = "policy";
    public const string Retraining = "retraining";

    public static string Version(long version) => string.Create(CultureInfo.InvariantCulture, $"version/{version}");

    public static string Alias(string alias) => $"alias/{alias}";

    public static string Approval(string id) => $"approval/{id}";

    public static string Exception(string id) => $"exception/{id}";

    public static string Endpoint(string endpoint) => $"endpoint/{endpoint}";

    /// <summary>What the subjects of all versions under an endpoint begin with; no endpoint has a '/' in its name.</summary>
    public static string Monitors(string endpoint) => $"monitor/{endpoint}/";

    public static string Monitor(string endpoint, long version) => string.Create(CultureInfo.InvariantCulture, $"{Monitors(endpoint)}{version}");
}

/// <summary>What is said of them. A monitor's fields are its aspects, <see cref="Drift"/> and <see cref="Envelope"/>.</summary>
internal static class Fields
{
    public const string Registered = "registered";
    public const string Inventory = "inventory";
    public const string Version = "version";
    public const string InForce = "inForce";
    public const string Requested = "requested";
    public const string Granted = "granted";
    public const string Refused = "refused";
    public const string Voided = "voided";
    public const string Created = "created";
    public const string Traffic = "traffic";
    public const string Halted = "halted";
    public const string RolledBack = "rolledBack";
    public const string Stopped = "stopped";
    public const string Released = "released";
    public const string Monitor = "monitor";
    public const string Drift = "drift";
    public const string Envelope = "envelope";

    public static string Signed(string by) => $"signed/{by}";
}
