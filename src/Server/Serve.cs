using System.Reflection;
using Slipway.Kernel;

namespace Slipway.Server;

/// <summary>Reads and checks the settings, opens the folders, upgrades the database, runs until stopped.</summary>
internal static partial class Serve
{
    public static async Task<int> Run(Dictionary<string, string?> flags, string? config, CancellationToken ct)
    {
        var faults = new List<string>();
        var settings = LoadedSettings.Load(flags, config, faults);
        faults.AddRange(ServerOptionsFaults.Of(settings.Options));

        if (faults.Count > 0)
        {
            Say($"The settings have {faults.Count} fault{(faults.Count == 1 ? "" : "s")}:\n  {string.Join("\n  ", faults)}");
            return 1;
        }

        try
        {
            using var folder = DataFolder.Open(settings.Options);
            await using var app = await Start(settings.Options, settings.ForModules, null, ct);
            Started(app.Logger, string.Join(" ", app.Urls), app.Services.GetRequiredService<ServerAddresses>().LocalMode ? "local" : "required", app.Services.GetRequiredService<Db>().Dialect.Name);
            await app.WaitForShutdownAsync(ct);
            return 0;
        }
        catch (Exception error) when (IsForTheOperator(error))
        {
            Say(error.Message);
            return 1;
        }
    }

    /// <summary>Upgrades the database and listens. The caller holds the data folder.</summary>
    /// <param name="more">As for <see cref="ServerApp.Build"/>.</param>
    public static async Task<WebApplication> Start(ServerOptions options, IReadOnlyDictionary<string, string?> settings, Action<IServiceCollection>? more, CancellationToken ct)
    {
        var app = ServerApp.Build(options, settings, more: more);
        try
        {
            await SchemaUpgrade.Run(app.Services.GetRequiredService<Db>(), Assemblies, ct);
            await app.StartAsync(ct);
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>Failures of a start whose message says what to do; any other is a defect.</summary>
    public static bool IsForTheOperator(Exception error) =>
        error is DataFolderInUseException or SchemaException or IOException or StorageException or FormatException or Microsoft.Extensions.Options.OptionsValidationException;

    /// <summary>Everything that brings schema files.</summary>
    public static IEnumerable<Assembly> Assemblies => [typeof(Db).Assembly, .. ServerApp.Modules.Select(module => module.GetType().Assembly)];

#pragma warning disable RS0030 // faults at start go to the terminal, whatever the log settings are
    private static void Say(string text) => Console.Error.WriteLine(text);
#pragma warning restore RS0030

    [LoggerMessage(Level = LogLevel.Information, Message = "Slipway is at {Urls} (auth {Mode}, database {Database})")]
    private static partial void Started(ILogger log, string urls, string mode, string database);
}
