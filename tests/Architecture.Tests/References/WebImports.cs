using System.Text.RegularExpressions;

namespace Slipway.Architecture.Tests;

/// <summary>What TypeScript files import from modules (rule 2): the router takes each module's routes, nothing else in the shell knows a module.</summary>
internal static partial class WebImports
{
    private const string Router = "src/Web/router.tsx";

    public static IEnumerable<string> Faults(IEnumerable<SourceFile> files) =>
        from file in files
        from Match import in Import().Matches(file.Text)
        let module = import.Groups["module"].Value
        where file.Path == Router ? import.Groups["rest"].Value != "Web/routes"
            : file.Module is null || (file.Module != module && !Edges.Allowed.Contains((file.Module, module)))
        select $"{file.Path} imports {import.Groups["path"].Value}";

    // Both import forms, static and lazy; by the alias or by a relative path that climbs to modules/ or from one module into another.
    [GeneratedRegex("""(?:from|import)\s*\(?\s*['"](?<path>(?:@modules|(?:\.\./)+modules)/(?<module>\w+)/(?<rest>[^'"]+))['"]""")]
    private static partial Regex Import();
}

public sealed class WebImportTests
{
    [Fact]
    public void Only_the_router_imports_from_modules_and_only_their_routes() => Rule.Holds(WebImports.Faults(Repository.Files(".ts", ".tsx")));

    [Theory]
    [InlineData("src/Web/shell/Nav.tsx", "import { tracking } from '@modules/Tracking/Web/routes';")]
    [InlineData("src/Web/router.tsx", "const page = () => import('@modules/Tracking/Web/RunsPage');")]
    [InlineData("src/Web/main.tsx", "import x from '../../modules/Tracking/Web/x';")]
    [InlineData("modules/Tracking/Web/RunsPage.tsx", "import { KeyDialog } from '@modules/Identity/Web/KeyDialog';")]
    public void Any_other_import_is_found(string path, string text) => Assert.Single(WebImports.Faults([new SourceFile(path, text)]));

    [Theory]
    [InlineData("src/Web/router.tsx", "import { tracking } from '@modules/Tracking/Web/routes';")]
    [InlineData("modules/Tracking/Web/routes.ts", "lazyRouteComponent(() => import('@modules/Tracking/Web/RunsPage'), 'RunsPage')")]
    public void The_router_and_a_modules_own_pages_may(string path, string text) => Rule.Holds(WebImports.Faults([new SourceFile(path, text)]));
}
