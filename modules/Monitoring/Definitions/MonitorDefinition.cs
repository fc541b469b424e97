using System.Security.Cryptography;
using System.Text;
using Slipway.Kernel;
using Slipway.Monitoring.Contracts;

namespace Slipway.Monitoring.Definitions;

/// <summary>A definition in force.</summary>
/// <param name="Version">From 1; 0 = the built-in one.</param>
/// <param name="Digest">SHA-256 of its text.</param>
internal sealed record MonitorDefinition(long Version, string Digest, string Text, MonitorSettings Settings, long CreatedMs = 0, string? By = null)
{
    /// <summary>For endpoints of which nobody has said anything.</summary>
    public static readonly MonitorDefinition BuiltIn = Of(0, Resource(), 0, null);

    /// <summary>A text that was read before, or comes with this program.</summary>
    /// <exception cref="InvalidOperationException">It has faults.</exception>
    public static MonitorDefinition Of(long version, string text, long createdMs, string? by) => new(version, DigestOf(text), text, DefinitionReader.Read(text).Value, createdMs, by);

    public static string DigestOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string Resource()
    {
        using var reader = new StreamReader(typeof(MonitorDefinition).Assembly.GetManifestResourceStream("Monitoring/default.yaml")!);
        return reader.ReadToEnd();
    }
}
