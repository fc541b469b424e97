using System.Security.Cryptography;
using Microsoft.AspNetCore.StaticFiles;
using Slipway.Kernel;

namespace Slipway.Server;

/// <summary>Serves the built UI: assets with a year of caching and their compressed twins, every other path the shell with a fresh nonce.</summary>
internal sealed class WebApp
{
    private const string NonceMark = "__NONCE__";
    private readonly FileExtensionContentTypeProvider _types = new();
    private readonly Dictionary<string, WebFile> _files;
    private readonly string? _shell;

    public WebApp(WebFolder folder)
    {
        _files = folder.Path is { } path ? WebFile.All(path) : [];
        _shell = _files.TryGetValue("/index.html", out var index) ? File.ReadAllText(index.Path) : null;
    }

    /// <summary>The file of that name, or the shell for every path that is a page's.</summary>
    public Task Serve(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "/";
        if (path != "/" && path != "/index.html" && _files.TryGetValue(path, out var file)) { return Send(context, file, path); }

        return Path.HasExtension(path) || _shell is null
            ? Responses.Write(context, _shell is null
                ? new Problem(404, "no_ui", "The user interface is not built; run ./slipway serve, which builds it, or use the API.")
                : new Problem(404, "unknown_path", $"There is no file {path}."))
            : SendShell(context, _shell);
    }

    private Task Send(HttpContext context, WebFile file, string path)
    {
        var response = context.Response;
        response.ContentType = _types.TryGetContentType(path, out var type) ? type : "application/octet-stream";
        response.Headers.Vary = "Accept-Encoding";
        // Names under /assets carry a digest of the content.
        response.Headers.CacheControl = path.StartsWith("/assets/", StringComparison.Ordinal) ? "public, max-age=31536000, immutable" : "no-cache";
        var (twin, encoding) = file.BestFor(context.Request.Headers.AcceptEncoding.ToString());
        if (encoding is not null) { response.Headers.ContentEncoding = encoding; }

        return response.SendFileAsync(twin, context.RequestAborted);
    }

    private static Task SendShell(HttpContext context, string shell)
    {
        var nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(18));
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.ContentSecurityPolicy =
            $"default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
        return context.Response.WriteAsync(shell.Replace(NonceMark, nonce, StringComparison.Ordinal), context.RequestAborted);
    }
}
