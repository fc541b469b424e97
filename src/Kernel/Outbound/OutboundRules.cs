using System.Net;
using Microsoft.Extensions.Options;

namespace Slipway.Kernel.Outbound;

/// <summary>Finds the addresses of a host name. Tests answer by a script.</summary>
public delegate Task<IPAddress[]> ResolveHost(string host, CancellationToken ct);

/// <summary>Which addresses may be called; asked when one is saved and again when it is connected to. Thread safe.</summary>
public sealed class OutboundRules(IOptions<OutboundOptions> options, ResolveHost resolve)
{
    private readonly HostList _allow = new(options.Value.Allow);
    private readonly HostList _only = new(options.Value.Only);

    public bool AllowHttp => options.Value.AllowHttp;

    /// <summary>Reads a URL and looks at what it stands for now; nothing is sent to it.</summary>
    /// <returns>Null when it may be called.</returns>
    public async Task<OutboundRefusal?> Check(string url, CancellationToken ct)
    {
        if (OutboundUrl.Read(url, AllowHttp, out var refusal) is not { } read) { return refusal; }

        try
        {
            await Addresses(read.IdnHost, ct);
            return null;
        }
        catch (OutboundRefusedException refused) { return refused.Refusal; }
    }

    /// <summary>The addresses to connect to, each allowed.</summary>
    /// <exception cref="OutboundRefusedException">The host stands for nothing, or for an address that may not be called: one of several is enough.</exception>
    internal async Task<IPAddress[]> Addresses(string host, CancellationToken ct)
    {
        var found = IPAddress.TryParse(host.Trim('[', ']'), out var literal) ? [literal] : await Resolve(host, ct);
        if (found.Length == 0) { throw Refused(RefusalReason.Unknown, $"The host '{host}' is not known to the name server.", host); }

        foreach (var address in found)
        {
            if (Fault(host, SpecialRanges.Plain(address)) is { } fault) { throw new OutboundRefusedException(fault); }
        }

        return [.. found.Select(SpecialRanges.Plain)];
    }

    private OutboundRefusal? Fault(string host, IPAddress address) =>
        !_only.IsEmpty && !_only.Has(host) && !_only.Has(address)
            ? new(RefusalReason.Host, $"'{host}' is not among the hosts that this server may call (setting outbound: only).", host, address)
        : SpecialRanges.NameOf(address) is { } range && !_allow.Has(host) && !_allow.Has(address) && !_only.Has(host) && !_only.Has(address)
            ? new(RefusalReason.Address, $"'{host}' stands for {address}, which is {range} and not a public address; an operator may allow it (setting outbound: allow).", host, address)
        : null;

    private async Task<IPAddress[]> Resolve(string host, CancellationToken ct)
    {
        try { return await resolve(host, ct); }
        catch (System.Net.Sockets.SocketException) { return []; }
    }

    private static OutboundRefusedException Refused(RefusalReason reason, string detail, string host) => new(new OutboundRefusal(reason, detail, host));
}
