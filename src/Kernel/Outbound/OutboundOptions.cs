using System.ComponentModel.DataAnnotations;

namespace Slipway.Kernel.Outbound;

/// <summary>Settings of calls to addresses that users give, under <c>outbound</c>.</summary>
public sealed class OutboundOptions
{
    /// <summary>Allows <c>http</c> beside <c>https</c>. Default false.</summary>
    public bool AllowHttp { get; set; }

    /// <summary>
    /// Host names, addresses and networks (CIDR), separated by commas, that may be called although they are not public; <c>*.corp.example</c> stands for every name below it.
    /// Default: none.
    /// </summary>
    public string? Allow { get; set; }

    /// <summary>As <see cref="Allow"/>: when it is set, nothing else may be called. Default: every public address may be.</summary>
    public string? Only { get; set; }

    /// <summary>Seconds that a call may take from resolving the name to the last byte of the answer. Default 10; 1 to 120.</summary>
    [Range(1, 120, ErrorMessage = "outbound: timeout-seconds may be {1} to {2}.")]
    public int TimeoutSeconds { get; set; } = 10;
}
