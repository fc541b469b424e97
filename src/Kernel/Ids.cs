namespace Slipway.Kernel;

/// <summary>Ids made by us, never by the database: UUIDv7 (RFC 9562) as 32 lower-case hex digits, so that they sort by the time they were made.</summary>
public static class Ids
{
#pragma warning disable RS0030 // the one place that makes ids
    public static string New(TimeProvider clock) => Guid.CreateVersion7(clock.GetUtcNow()).ToString("N");
#pragma warning restore RS0030
}
