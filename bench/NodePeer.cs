using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;

namespace Slipway.Bench;

/// <summary>A script beside this file that measures somebody else's package in Node.js, as its users call it.</summary>
internal static class NodePeer
{
    // In nobody's lock file: a peer is installed by who measures it.
    private static readonly string Folder = Path.GetFullPath(Path.Combine("artifacts", "bench-peers"));

    /// <summary>The JSON object that a script of this folder prints; null when Node.js is missing or the script fails.</summary>
    public static Task<JsonElement?> Run(string script, params string[] arguments) => Json("node", [Script(script), .. arguments]);

    /// <summary>Installs a package under <c>artifacts/bench-peers</c>, once.</summary>
    /// <param name="package">Name and version, such as <c>left-pad@1.3.0</c>.</param>
    /// <returns>The folder whose <c>node_modules</c> holds it; null when npm cannot give it.</returns>
    public static async Task<string?> Install(string package)
    {
        var at = package.LastIndexOf('@');
        var manifest = Path.Combine(Folder, "node_modules", package[..at], "package.json");
        if (File.Exists(manifest) && JsonDocument.Parse(await File.ReadAllTextAsync(manifest)).RootElement.GetProperty("version").GetString() == package[(at + 1)..]) { return Folder; }

        Directory.CreateDirectory(Folder);
        return await Output("npm", ["install", "--no-save", "--no-package-lock", "--no-audit", "--no-fund", "--prefix", Folder, package]) is null ? null : Folder;
    }

    private static async Task<JsonElement?> Json(string program, string[] arguments) =>
        await Output(program, arguments) is { } text ? JsonDocument.Parse(text).RootElement : null;

    private static async Task<string?> Output(string program, string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
            var output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            return process.ExitCode == 0 ? output : null;
        }
        catch (Win32Exception) { return null; }
    }

    /// <summary>The path of a script of this folder.</summary>
    public static string Script(string name)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "bench", name))) { folder = folder.Parent!; }

        return Path.Combine(folder.FullName, "bench", name);
    }
}
