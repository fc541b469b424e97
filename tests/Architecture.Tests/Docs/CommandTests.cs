using System.CommandLine;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Slipway.Architecture.Tests;

/// <summary>A command that a page tells the reader to type exists: the script's own, the client's, npm's scripts, a route behind curl.</summary>
public sealed partial class CommandTests
{
    [Fact]
    public void Every_slipway_command_in_the_docs_exists()
    {
        var known = OfTheScript(Repository.Read("slipway")).Concat(Verbs(Cli.CommandLine.Root()).Select(verb => verb.Split(' ')[0])).ToHashSet();

        Rule.Holds(Repository.Files(".md").SelectMany(page => Slipway().Matches(page.Text)
            .Select(match => match.Groups["verb"].Value)
            .Where(verb => !known.Contains(verb))
            .Select(verb => $"{page.Path}: ./slipway {verb}")));
    }

    [Fact]
    public void Every_verb_of_the_client_and_of_the_server_is_in_the_docs()
    {
        var pages = string.Concat(Repository.Files(".md").Select(page => page.Text));

        Assert.All(Verbs(Cli.CommandLine.Root()).Concat(Verbs(Server.CommandLine.Root())), verb => Assert.Contains($"./slipway {verb}", pages, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_npm_script_in_the_docs_exists()
    {
        using var package = JsonDocument.Parse(Repository.Read("package.json"));
        var known = package.RootElement.GetProperty("scripts").EnumerateObject().Select(script => script.Name).ToHashSet();

        Rule.Holds(Repository.Files(".md", ".sh").SelectMany(page => NpmRun().Matches(page.Text)
            .Select(match => match.Groups["script"].Value)
            .Where(script => !known.Contains(script))
            .Select(script => $"{page.Path}: npm run {script}")));
    }

    [Fact]
    public async Task Every_address_of_the_server_in_the_docs_is_one_of_its_routes()
    {
        await using var server = await TestServer.Start(TestDatabase.Sqlite);
        var routes = Endpoint.Of(server.Services).Where(endpoint => !endpoint.Path.Contains("{**", StringComparison.Ordinal) || endpoint.Path.Contains("artifacts", StringComparison.Ordinal)).ToList();

        Rule.Holds(Repository.Files(".md").SelectMany(page => Addresses(page).Where(path => !IsWorkspace(path) && !routes.Exists(route => Fits(route.Path, path))).Select(path => $"{page.Path}: {path}")));
    }

    [Fact]
    public void What_does_not_exist_is_found()
    {
        Assert.Equal(["serve", "admin", "test"], OfTheScript("case \"${1:-help}\" in\n    serve | admin)\n  run ;;\n    test)\n  x ;;\n    *)\n"));
        Assert.Equal(["audit verify"], Verbs(new RootCommand { new Command("audit") { new Command("verify") } }));
        Assert.Equal("dance", Slipway().Match("type `./slipway dance --now`").Groups["verb"].Value);
        Assert.Equal(["/api/v1/gone"], Addresses(new SourceFile("docs/a.md", "curl -s 'http://127.0.0.1:8080/api/v1/gone?x=1'")));
        Assert.True(Fits("/api/v1/w/{workspace}/runs/{runId}", "/api/v1/w/default/runs/1"));
        Assert.False(Fits("/api/v1/w/{workspace}/runs", "/api/v1/gone"));
    }

    /// <summary>The address that a foreign client is given for one workspace; its own paths follow behind.</summary>
    private static bool IsWorkspace(string path) => path.StartsWith("/w/", StringComparison.Ordinal) && path.LastIndexOf('/') == 2;

    /// <summary>The labels of the script's case statement, and the client's verbs behind its last one.</summary>
    private static IEnumerable<string> OfTheScript(string script) => CaseLabel().Matches(script)
        .SelectMany(match => match.Groups["labels"].Value.Split('|', StringSplitOptions.TrimEntries))
        .Where(label => label.All(char.IsAsciiLetterLower));

    /// <summary>What can be typed behind the program's name, groups by their members.</summary>
    private static IEnumerable<string> Verbs(Command command) => command.Subcommands
        .SelectMany(child => child.Subcommands.Count == 0 ? [child.Name] : Verbs(child).Select(verb => $"{child.Name} {verb}"));

    private static IEnumerable<string> Addresses(SourceFile page) => Address().Matches(page.Text).Select(match => match.Groups["path"].Value.TrimEnd('.', ',')).Where(path => path.Length > 1);

    private static bool Fits(string pattern, string path) =>
        Regex.IsMatch(path, "^" + Regex.Replace(pattern, @"\{(?<all>\*{0,2})[^}]*\}", match => match.Groups["all"].Length > 0 ? ".*" : "[^/]+") + "/?$");

    [GeneratedRegex(@"\./slipway (?<verb>[a-z]+)")]
    private static partial Regex Slipway();

    [GeneratedRegex(@"npm run (?:--silent )?(?<script>[a-z][\w:]*)")]
    private static partial Regex NpmRun();

    [GeneratedRegex(@"https?://(?:127\.0\.0\.1|localhost):8080(?<path>/[^\s'""`)?#\\<>|]*)")]
    private static partial Regex Address();

    [GeneratedRegex(@"^ {4}(?<labels>[a-z| -]+)\)", RegexOptions.Multiline)]
    private static partial Regex CaseLabel();
}
