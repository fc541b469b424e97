using System.Security.Cryptography;
using System.Text;

namespace Slipway.Serving.Log;

/// <summary>The folders of one endpoint below <c>prediction-log</c>: <c>live/ID</c> and <c>archive/ID</c>. The id is a digest, so that no name of a client becomes a path.</summary>
internal sealed record EndpointFolder(string Root, string Id)
{
    public const string NameFile = "endpoint.json";

    public string Live { get; } = Path.Combine(Root, "live", Id);

    public string HandedOut => Path.Combine(Live, "handed-out");

    /// <summary>Says whose folder it is.</summary>
    public string Name => Path.Combine(Live, NameFile);

    public static EndpointFolder Of(string root, string workspace, string endpoint) =>
        new(root, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{workspace.Length}:{workspace}{endpoint}")))[..32]);
}
