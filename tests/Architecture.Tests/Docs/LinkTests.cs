using System.Text.RegularExpressions;

namespace Slipway.Architecture.Tests;

/// <summary>Links between our own pages lead somewhere; addresses on the network are not tried.</summary>
public sealed partial class LinkTests
{
    [Fact]
    public void Every_link_in_the_docs_leads_to_a_file_and_a_heading_that_exist() =>
        Rule.Holds(Repository.Files(".md").SelectMany(page => Faults(page, Repository.Exists, Repository.Read)));

    [Fact]
    public void Every_page_of_the_docs_is_in_their_index()
    {
        var index = Repository.Read("docs/README.md");

        var pages = Repository.Files(".md").Select(page => page.Path).Where(path => path.StartsWith("docs/", StringComparison.Ordinal) && path != "docs/README.md");

        Assert.All(pages, path => Assert.Contains($"({path["docs/".Length..]})", index, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_module_says_on_one_screen_what_it_is_for() => Assert.All(
        Repository.Modules, module => Assert.InRange(Repository.Read($"modules/{module}/README.md").Split('\n').Length, 5, 60));

    [Fact]
    public void A_dead_link_is_found()
    {
        SourceFile page = new("docs/a.md", "# A page\n[one](b.md) [two](gone.md) [three](b.md#far-off) [four](b.md#near-by) [five](https://example.org) [six](#a-page)\n```\n[not](a-link)\n```\n");

        Assert.Equal(["docs/a.md: gone.md", "docs/a.md: b.md#far-off"], Faults(page, path => path == "docs/b.md", _ => "# B\n## Near by\n"));
    }

    private static IEnumerable<string> Faults(SourceFile page, Func<string, bool> exists, Func<string, string> read)
    {
        foreach (Match link in Link().Matches(Fence().Replace(page.Text, "")))
        {
            var target = link.Groups["target"].Value;
            if (target.Contains("://", StringComparison.Ordinal) || target.StartsWith("mailto:", StringComparison.Ordinal)) { continue; }

            var parts = target.Split('#');
            var path = parts[0].Length == 0 ? page.Path : Resolve(page.Path, parts[0]);
            var there = path == page.Path || exists(path);
            if (there && parts.Length > 1) { there = Headings(path == page.Path ? page.Text : read(path)).Contains(parts[1]); }

            if (!there) { yield return $"{page.Path}: {target}"; }
        }
    }

    private static string Resolve(string from, string target) =>
        Path.GetRelativePath("/", Path.GetFullPath(target, Path.Combine("/", Path.GetDirectoryName(from)!))).Replace('\\', '/');

    /// <summary>The anchors that a forge makes of headings.</summary>
    private static IEnumerable<string> Headings(string text) => Heading().Matches(Fence().Replace(text, ""))
        .Select(heading => NotInAnchor().Replace(heading.Groups["text"].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-'));

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^#{1,6}\s+(?<text>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchor();

    [GeneratedRegex(@"^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();
}
