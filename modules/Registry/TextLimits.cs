namespace Slipway.Registry;

/// <summary>Most characters of what people write: MLflow's limits.</summary>
internal static class TextLimits
{
    public const int TagValueChars = 100_000;
    public const int DescriptionChars = 100_000;
    public const int SourceChars = 2_000;
    public const int RunLinkChars = 500;
    public const int AliasChars = 255;
    public const int DeploymentJobIdChars = 500;
}
