using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.HttpOverrides;
using Slipway.Answers;
using Slipway.Datasets;
using Slipway.Governance;
using Slipway.Identity;
using Slipway.Kernel;
using Slipway.Kernel.Contracts;
using Slipway.Kernel.Outbound;
using Slipway.Monitoring;
using Slipway.Pipelines;
using Slipway.Registry;
using Slipway.Serving;
using Slipway.Tracking;
using Slipway.Training;
using Slipway.Webhooks;

namespace Slipway.Server;

/// <summary>The only place where modules meet.</summary>
public static class ServerApp
{
    /// <summary>In the order in which a model meets them.</summary>
    public static readonly IReadOnlyList<IModule> Modules =
    [
        new IdentityModule(), new DatasetsModule(), new PipelinesModule(), new TrackingModule(), new TrainingModule(), new RegistryModule(),
        new GovernanceModule(), new ServingModule(), new MonitoringModule(), new WebhooksModule(), new AnswersModule(),
    ];

    /// <summary>What is still running when the server is told to stop has this long to end.</summary>
    public static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(8);

    /// <summary>The whole application, the same in production and in tests; not started.</summary>
    /// <param name="settings">Flat <c>module:name</c> settings for the modules.</param>
    /// <param name="clock">Null = the system's.</param>
    /// <param name="more">Further services, or changes to them; null = none.</param>
    public static WebApplication Build(
        ServerOptions options, IReadOnlyDictionary<string, string?> settings, TimeProvider? clock = null, Action<IServiceCollection>? more = null)
    {
        // Otherwise the host watches, folder by folder, everything below wherever it was started, for an appsettings.json that is not read.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = ["--hostBuilder:reloadConfigOnChange=false"] });
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Logging.ClearProviders().AddSimpleConsole(console => { console.SingleLine = true; console.TimestampFormat = "HH:mm:ss "; console.UseUtcTimestamp = true; })
            .SetMinimumLevel(LogLevel.Information).AddFilter("Microsoft", LogLevel.Warning).AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => Listening.Configure(kestrel, options));
        AddServices(builder, options, clock ?? TimeProvider.System);
        more?.Invoke(builder.Services);

        var app = builder.Build();
        UsePipeline(app, options);
        Map(app);
        return app;
    }

    private static void AddServices(WebApplicationBuilder builder, ServerOptions options, TimeProvider clock)
    {
        var services = builder.Services;
        services.AddSingleton<IMemoryPoolFactory<byte>>(_ => new ConnectionMemory());
        services.AddSingleton(clock).AddSingleton(options).AddSingleton(new ServerFolders(options.Data)).AddSingleton(AddressesOf(options)).AddSingleton(Modules);
        services.AddSingleton(new DbOptions(options.DatabaseOrDefault).Open(clock));
        services.AddAudit(new AuditOptions(options.AuditKeyOrDefault, options.AuditWitness));
        services.AddSingleton(_ => new SecretBox(options.SecretsKeyOrDefault)).AddOutbound(builder.Configuration);
        if (options.Bucket is { } bucket) { services.AddS3Blobs(bucket); }
        else { services.AddSingleton<IBlobStore>(_ => new FolderBlobStore(options.BlobsOrDefault, clock)); }

        services.AddSingleton(new BlobSweepOptions(options.BlobGraceHours)).AddSingleton<BlobSweep>().AddHostedService(provider => provider.GetRequiredService<BlobSweep>());
        services.AddSingleton<LiveHub>().AddSingleton<Events>().AddSingleton<DbProbe>().AddSingleton<MetricsStore>();
        services.AddSingleton(WebFolder.Find(AppContext.BaseDirectory)).AddSingleton<WebApp>();
        services.AddSingleton<IGate, NoPolicyGate>();
        services.AddSingleton<FactSequencer>().AddHostedService(provider => provider.GetRequiredService<FactSequencer>());
        services.AddSingleton<FactDelivery>().AddHostedService(provider => provider.GetRequiredService<FactDelivery>());
        services.AddHostedService<ForgetKeys>();
        services.ConfigureHttpJsonOptions(json => WireJson.Apply(json.SerializerOptions));
        services.Configure<RouteHandlerOptions>(handlers => handlers.ThrowOnBadRequest = true);
        services.Configure<HostOptions>(host => host.ShutdownTimeout = StopLimit);
        services.AddOpenApiDocument();
        foreach (var module in Modules) { module.AddServices(services, builder.Configuration); }
    }

    private static void UsePipeline(WebApplication app, ServerOptions options)
    {
        app.UseMiddleware<RequestIds>();
        app.UseMiddleware<SecurityHeaders>();
        app.UseMiddleware<Failures>();
        if (options.Proxies.Count > 0) { app.UseForwardedHeaders(Forwarding(options)); }

        app.UseMiddleware<HostCheck>();
        app.UseMiddleware<WorkspacePrefix>();
        app.UseRouting();
        app.UseMiddleware<Unrouted>();
        app.UseMiddleware<AccessCheck>();
    }

    private static void Map(WebApplication app)
    {
        Health.Map(app);
        MetricsRoute.Map(app);
        Events.Map(app);
        ListActivity.Map(app);
        AuditRoutes.Map(app);
        app.MapOpenApi("/openapi/{documentName}.json").NeedsSignIn();
        foreach (var module in Modules) { module.MapRoutes(app); }

        LaterRoutes.Map(app);
    }

    private static ForwardedHeadersOptions Forwarding(ServerOptions options)
    {
        var forwarding = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto };
        forwarding.KnownProxies.Clear();
        forwarding.KnownIPNetworks.Clear();
        foreach (var network in options.Proxies) { forwarding.KnownIPNetworks.Add(network); }

        return forwarding;
    }

    private static ServerAddresses AddressesOf(ServerOptions options)
    {
        var addresses = options.Addresses;
        var open = addresses.FirstOrDefault(address => !ServerAddresses.IsLoopback(address));
        return new ServerAddresses(addresses, new Uri((options.PublicUrl ?? addresses[0].ToString()).TrimEnd('/')))
        {
            LocalMode = options.Auth == "local" || (options.Auth is null && open is null && options.TrustedProxies is null),
            InsecureHttp = options.InsecureHttp && open is { Scheme: "http" },
        };
    }
}
