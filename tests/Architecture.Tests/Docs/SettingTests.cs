using System.Reflection;
using System.Text.RegularExpressions;
using Slipway.Kernel.Outbound;
using Slipway.Server;

namespace Slipway.Architecture.Tests;

/// <summary>Every setting is in docs/configuration.md under its three names, and the page names none that does not exist.</summary>
public sealed partial class SettingTests
{
    private static readonly IReadOnlyList<string> Settings = [.. ServerSettings().Concat(KernelSettings()).Concat(Repository.Modules.SelectMany(ModuleSettings))];

    [Fact]
    public void Every_setting_has_a_row_with_flag_variable_and_key() => Rule.Holds(Missing(Settings, Repository.Read("docs/configuration.md")));

    [Fact]
    public void The_page_names_no_setting_that_does_not_exist() =>
        Rule.Holds(Row().Matches(Repository.Read("docs/configuration.md")).Select(row => row.Groups["key"].Value).Except(Settings));

    [Fact]
    public void A_setting_without_a_row_is_found() => Assert.Equal(
        ["public-url", "tracking: fold-points"],
        Missing(["urls", "public-url", "tracking: fold-points"], "| `urls` | `--urls` | `SLIPWAY_URLS` |\n| `tracking: fold-points` | | `SLIPWAY_FOLD` |\n"));

    private static IEnumerable<string> Missing(IEnumerable<string> settings, string page) => settings.Where(setting => !page.Contains(
        setting.Contains(':', StringComparison.Ordinal)
            ? $"| `{setting}` | | `{Variable(setting)}` |"
            : $"| `{setting}` | `--{setting}` | `{Variable(setting)}` |",
        StringComparison.Ordinal));

    private static string Variable(string setting) =>
        "SLIPWAY_" + setting.Replace(": ", "__", StringComparison.Ordinal).Replace('-', '_').ToUpperInvariant();

    private static IEnumerable<string> ServerSettings() => Named(typeof(ServerOptions));

    private static IEnumerable<string> KernelSettings() => Named(typeof(OutboundOptions)).Select(name => $"{OutboundServices.Section}: {name}");

    /// <summary>The properties of the module's options class, under the module's name.</summary>
    private static IEnumerable<string> ModuleSettings(string module) =>
        Assembly.Load($"Slipway.{module}").GetType($"Slipway.{module}.{module}Options") is { } options
            ? Named(options).Select(name => $"{module.ToLowerInvariant()}: {name}")
            : [];

    private static IEnumerable<string> Named(Type options) => options.GetProperties().Where(property => property.CanWrite)
        .Select(property => WordStart().Replace(property.Name, "-$0").ToLowerInvariant());

    [GeneratedRegex("(?<!^)[A-Z]")]
    private static partial Regex WordStart();

    [GeneratedRegex(@"^\| `(?<key>[a-z][a-z0-9: -]*)` \| (`--|\|)", RegexOptions.Multiline)]
    private static partial Regex Row();
}
