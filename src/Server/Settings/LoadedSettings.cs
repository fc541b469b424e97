using System.Globalization;
using Slipway.Kernel.Outbound;

namespace Slipway.Server;

/// <summary>The settings of one start: ours, and the rest for the modules.</summary>
internal sealed record LoadedSettings(ServerOptions Options, IReadOnlyDictionary<string, string?> ForModules)
{
    private static readonly Dictionary<string, System.Reflection.PropertyInfo> Known = typeof(ServerOptions).GetProperties()
        .Where(property => property.CanWrite)
        .ToDictionary(property => SettingSources.Key(property.Name), StringComparer.OrdinalIgnoreCase);

    /// <summary>Sections of the kernel; the others are named after modules.</summary>
    private static readonly string[] Sections = [.. ServerApp.Modules.Select(module => module.Name), OutboundServices.Section];

    /// <summary>Flags before environment before file; unknown names and unreadable values are faults.</summary>
    public static LoadedSettings Load(IReadOnlyDictionary<string, string?> flags, string? config, List<string> faults)
    {
        var file = config ?? (File.Exists("slipway.yaml") ? "slipway.yaml" : null);
        var all = SettingSources.Read(file, Environment.GetEnvironmentVariables(), faults);
        foreach (var (name, value) in flags) { all[name] = value; }

        var options = new ServerOptions();
        var modules = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in all)
        {
            if (name.Contains(':') && Sections.Any(section => name.StartsWith(section + ":", StringComparison.OrdinalIgnoreCase))) { modules[name] = value; }
            else if (Known.TryGetValue(name, out var property)) { Set(options, property, name, value, faults); }
            else { faults.Add($"{name}: there is no such setting; docs/configuration.md lists them."); }
        }

        return new LoadedSettings(options, modules);
    }

    private static void Set(ServerOptions options, System.Reflection.PropertyInfo property, string name, string? value, List<string> faults)
    {
        if (property.PropertyType != typeof(bool)) { property.SetValue(options, value); }
        else if (value?.ToLower(CultureInfo.InvariantCulture) is "true" or "1") { property.SetValue(options, true); }
        else if (value?.ToLower(CultureInfo.InvariantCulture) is not ("false" or "0" or "")) { faults.Add($"{name}: '{value}' is neither true nor false."); }
    }
}
