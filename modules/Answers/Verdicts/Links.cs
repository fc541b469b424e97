using System.Globalization;

namespace Slipway.Answers.Verdicts;

/// <summary>Pages of other rooms, below the workspace's.</summary>
internal static class Links
{
    public static string Version(string model, long version) => string.Create(CultureInfo.InvariantCulture, $"models/{Uri.EscapeDataString(model)}/versions/{version}");

    public static string Endpoint(string endpoint) => $"endpoints/{Uri.EscapeDataString(endpoint)}";

    public static string Monitor(string endpoint) => $"monitors/{Uri.EscapeDataString(endpoint)}";

    public static string Approval(string id) => $"approvals/{Uri.EscapeDataString(id)}";

    public static string Policy(long version) => string.Create(CultureInfo.InvariantCulture, $"policies?version={version}");

    public static string Entry(string model) => $"inventory/{Uri.EscapeDataString(model)}";

    public static string Exception(string id) => $"exceptions?open={Uri.EscapeDataString(id)}";
}
