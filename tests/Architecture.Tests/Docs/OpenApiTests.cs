using System.Diagnostics;
using System.Text.Json;

namespace Slipway.Architecture.Tests;

/// <summary>The document of the native API and the TypeScript client made from it are checked in, so that a change of the wire shows as a diff.</summary>
public sealed class OpenApiTests
{
    private const string Document = "docs/openapi.json";
    private const string Client = "src/Web/api/api.d.ts";
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact, Trait("golden", "yes")]
    public async Task The_checked_in_document_is_that_of_the_running_server()
    {
        await using var server = await TestServer.Start(TestDatabase.Sqlite);
        using var running = JsonDocument.Parse(await server.Http.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative)));

        Golden.Matches(Document, JsonSerializer.Serialize(running, Indented).ReplaceLineEndings("\n") + "\n");
    }

    [Fact]
    public async Task The_checked_in_client_is_made_from_the_checked_in_document()
    {
        var tool = Path.Combine(Repository.Root, "node_modules", ".bin", "openapi-typescript");
        Assert.SkipUnless(File.Exists(tool), "npm's packages are not installed; ./slipway test installs them");
        var made = Path.Combine(Directory.CreateTempSubdirectory("slipway-api-").FullName, "api.d.ts");
        try
        {
            using var process = Process.Start(new ProcessStartInfo(tool, [Path.Combine(Repository.Root, Document), "--output", made]) { RedirectStandardOutput = true })!;
            await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();

            Assert.Equal(0, process.ExitCode);
            Golden.Matches(Client, await File.ReadAllTextAsync(made));
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(made)!, recursive: true);
        }
    }

    [Fact]
    public async Task Every_native_route_is_in_the_document()
    {
        await using var server = await TestServer.Start(TestDatabase.Sqlite);
        using var document = JsonDocument.Parse(Repository.Read(Document));

        Rule.Holds(Missing(document, Endpoint.Of(server.Services)));
    }

    [Fact]
    public void A_route_that_the_document_lacks_is_found()
    {
        using var document = JsonDocument.Parse("""{ "paths": { "/api/v1/runs/{id}": { "get": {} } } }""");

        Assert.Equal(
            ["POST /api/v1/runs/{id}", "GET /api/v1/new"],
            Missing(document, [new("GET", "/api/v1/runs/{id:int}", ""), new("POST", "/api/v1/runs/{id}", ""), new("GET", "/api/v1/new", ""), new("GET", "/health", "")]));
    }

    private static IEnumerable<string> Missing(JsonDocument document, IEnumerable<Endpoint> endpoints)
    {
        var listed = document.RootElement.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(method => $"{method.Name.ToUpperInvariant()} {path.Name}")).ToHashSet();
        return endpoints.Where(endpoint => endpoint.Path.StartsWith("/api/v1/", StringComparison.Ordinal))
            .Select(endpoint => $"{endpoint.Method} {WithoutConstraints(endpoint.Path)}")
            .Where(route => !listed.Contains(route));
    }

    // {id:int} and {**path} are {id} and {path} in the document.
    private static string WithoutConstraints(string path) => System.Text.RegularExpressions.Regex.Replace(path, @"\{\*{0,2}(\w+)[^}]*\}", "{$1}");
}
