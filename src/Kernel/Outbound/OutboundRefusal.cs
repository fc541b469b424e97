using System.Net;

namespace Slipway.Kernel.Outbound;

/// <summary>Why an address is not called.</summary>
public enum RefusalReason
{
    /// <summary>It is no address at all, or one written so that two readers may read it differently.</summary>
    Url,

    Scheme,

    /// <summary>The host is not among those that may be called.</summary>
    Host,

    /// <summary>The host stands for an address that is not public.</summary>
    Address,

    /// <summary>The host stands for nothing.</summary>
    Unknown,
}

/// <param name="Detail">One sentence: what was wrong, with which value, and what would be right.</param>
/// <param name="Host">The host of the URL; empty when it has none.</param>
/// <param name="Address">What the host stands for; null unless that is the reason.</param>
public sealed record OutboundRefusal(RefusalReason Reason, string Detail, string Host = "", IPAddress? Address = null);

/// <summary>The address is not called; nothing was sent.</summary>
public sealed class OutboundRefusedException(OutboundRefusal refusal) : IOException(refusal.Detail)
{
    public OutboundRefusal Refusal { get; } = refusal;
}
