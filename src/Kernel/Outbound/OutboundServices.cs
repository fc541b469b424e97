using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Slipway.Kernel.Outbound;

public static class OutboundServices
{
    /// <summary>Section of the settings.</summary>
    public const string Section = "outbound";

    /// <summary>The client, its rules and their settings; what is wrong with these stops the start.</summary>
    public static IServiceCollection AddOutbound(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<OutboundOptions>().Bind(configuration.GetSection(Section)).ValidateDataAnnotations()
            .Validate(options => !HostList.Faults(options.Allow).Any(), "outbound: allow must list host names, addresses and networks like 10.0.0.0/8, separated by commas.")
            .Validate(options => !HostList.Faults(options.Only).Any(), "outbound: only must list host names, addresses and networks like 10.0.0.0/8, separated by commas.")
            .ValidateOnStart();
        services.TryAddSingleton<ResolveHost>(_ => (host, ct) => Dns.GetHostAddressesAsync(host, ct));
        return services.AddSingleton<OutboundRules>().AddSingleton<OutboundMetrics>().AddSingleton<OutboundClient>();
    }
}
