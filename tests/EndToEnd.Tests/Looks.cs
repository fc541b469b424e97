using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Slipway.EndToEnd.Tests;

/// <summary>How a page looks to those who see little, to those who look at a telephone, and to whoever reviews the screenshots in <c>artifacts/screenshots</c>.</summary>
internal static class Looks
{
    private static readonly string Folder = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "screenshots"));

    /// <returns>What axe finds in light and dark, wide and narrow, and whether the page is wider than the narrow screen; a sentence each.</returns>
    public static async Task<List<string>> Faults(IPage page, string name)
    {
        Directory.CreateDirectory(Folder);
        var faults = new List<string>();
        foreach (var (width, height) in (IEnumerable<(int, int)>)[(1440, 900), (360, 740)])
        {
            await page.SetViewportSizeAsync(width, height);
            foreach (var scheme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
            {
                await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
                await page.WaitForTimeoutAsync(250);
                await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Folder, $"{name}-{width}-{scheme}.png".ToLowerInvariant()) });
                var found = await page.RunAxe();
                faults.AddRange(found.Violations.Select(violation => $"{name} {width} {scheme}: {violation.Id} ({violation.Help}) at {Places(violation)}"));
            }

            if (await page.EvaluateAsync<bool>("document.documentElement.scrollWidth > document.documentElement.clientWidth")) { faults.Add($"{name} is wider than {width} px"); }
        }

        await page.SetViewportSizeAsync(1440, 900);
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Light });
        return faults;
    }

    private static string Places(AxeResultItem violation) => string.Join(", ", violation.Nodes.Take(3).Select(node => node.Target.ToString()));
}
