using System.Net.Http.Headers;
using System.Text;
using Slipway.Identity.Ports;

namespace Slipway.Pipelines.Tests;

/// <summary>A server where sign-in is required, and its administrator, a person with a password.</summary>
internal sealed class Keyed : IAsyncDisposable
{
    private const string Password = "correct horse battery staple";

    private Keyed(Yard yard, HttpClient admin) => (Yard, Admin) = (yard, admin);

    public Yard Yard { get; }

    public HttpClient Admin { get; }

    public static async Task<Keyed> Open(string database, string? worker)
    {
        var yard = await Yard.Open(database, worker is null ? null : new Dictionary<string, string?> { ["pipelines:commandworker"] = worker }, required: true);
        await AdminCreate.Run(yard.Server.Db, yard.Server.BaseAddress, "root", new StringReader(Password), TextWriter.Null, TimeProvider.System, default);
        var admin = yard.Server.NewClient();
        admin.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"root:{Password}")));
        return new Keyed(yard, admin);
    }

    public async ValueTask DisposeAsync()
    {
        Admin.Dispose();
        await Yard.DisposeAsync();
    }
}
