using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Slipway.Kernel;
using Slipway.Server;

namespace Slipway.Testing;

/// <summary>The real application on a free loopback port with a database of its own. Callers without credentials are the local owner unless told otherwise.</summary>
public sealed class TestServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TestDatabase _database;

    private TestServer(WebApplication app, TestDatabase database)
    {
        (_app, _database) = (app, database);
        BaseAddress = new Uri(app.Urls.First());
        Http = NewClient();
    }

    public Uri BaseAddress { get; }

    /// <summary>A client without credentials, cookies and redirects.</summary>
    public HttpClient Http { get; }

    public IServiceProvider Services => _app.Services;

    public Db Db => Services.GetRequiredService<Db>();

    public string Folder => _database.Folder;

    /// <param name="database"><see cref="TestDatabase.Sqlite"/> or <see cref="TestDatabase.Postgres"/>.</param>
    /// <param name="change">Changes to the server's options.</param>
    /// <param name="settings">Settings of modules, flat.</param>
    /// <param name="services">Further services, such as scripted doubles.</param>
    public static async Task<TestServer> Start(
        string database, Func<ServerOptions, ServerOptions>? change = null, IReadOnlyDictionary<string, string?>? settings = null, TimeProvider? clock = null,
        Action<IServiceCollection>? services = null)
    {
        var fresh = await TestDatabase.Create(database);
        var options = new ServerOptions { Urls = "http://127.0.0.1:0", Data = fresh.Folder, Database = fresh.Database };
        var app = ServerApp.Build(change?.Invoke(options) ?? options, settings ?? new Dictionary<string, string?>(), clock, services);
        await app.StartAsync();
        return new TestServer(app, fresh);
    }

    /// <summary>A further client without credentials, for headers of its own.</summary>
    public HttpClient NewClient() => new(new SocketsHttpHandler
    {
        UseCookies = false, AllowAutoRedirect = false,
        // Without it a client sends a body that nobody asked for after a second, and what comes back is a broken pipe instead of the refusal.
        Expect100ContinueTimeout = TimeSpan.FromMinutes(1),
    }) { BaseAddress = BaseAddress };

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        await _database.DisposeAsync();
    }
}
