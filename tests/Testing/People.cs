using System.Net.Http.Headers;
using System.Net.Http.Json;
using Slipway.Identity.Contracts;
using Slipway.Kernel.Contracts;

namespace Slipway.Testing;

/// <summary>Callers of a test server that are people: invited, with a password of their own and a key for the default workspace.</summary>
public static class People
{
    public const string Password = "correct horse battery staple";

    /// <summary>A client with the key of a new person.</summary>
    public static async Task<HttpClient> Person(this TestServer server, string name, params (string Resource, Role Role)[] roles)
    {
        var client = server.NewClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await server.KeyOfPerson(name, roles));
        return client;
    }

    /// <summary>The secret of a new person's key, good for thirty days.</summary>
    public static async Task<string> KeyOfPerson(this TestServer server, string name, params (string Resource, Role Role)[] roles)
    {
        var invited = await server.Create<InvitedPersonView>("people", new CreatePersonRequest(name, name));
        foreach (var (resource, role) in roles) { await server.Create<GrantView>("grants", new CreateGrantRequest(invited.Person.Id, resource, role)); }

        // As a browser of this server's pages.
        using var browser = server.NewClient();
        browser.DefaultRequestHeaders.Add("Origin", server.BaseAddress.GetLeftPart(UriPartial.Authority));
        using var setUp = await browser.PostAsJsonAsync("/api/v1/set-up", new SetUpRequest(invited.Invitation.Url.Split("#token=")[1], Password), WireJson.Options);
        setUp.EnsureSuccessStatusCode();
        browser.DefaultRequestHeaders.Add("Cookie", setUp.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);
        using var answer = await browser.PostAsJsonAsync("/api/v1/keys", new CreateKeyRequest("test", "default", 30), WireJson.Options);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<CreatedKeyView>(WireJson.Options))!.Secret;
    }
}
