using System.Net.Http.Headers;
using System.Net.Http.Json;
using Slipway.Identity.Contracts;
using Slipway.Kernel.Contracts;

namespace Slipway.Testing;

/// <summary>Callers of a test server that are somebody: service accounts with a key.</summary>
public static class Programs
{
    /// <summary>A program with one role in one workspace, which is made when it is not <c>default</c>.</summary>
    public static async Task<HttpClient> Program(this TestServer server, Role role, string workspace)
    {
        if (workspace != "default") { await server.Create<WorkspaceView>("workspaces", new CreateWorkspaceRequest(workspace, workspace)); }

        return await server.Program($"{role}-{workspace}".ToLowerInvariant(), workspace, ($"workspace/{workspace}", role));
    }

    /// <summary>A program with roles on whatever is named, and a workspace that is there already.</summary>
    public static async Task<HttpClient> Program(this TestServer server, string name, string workspace, params (string Resource, Role Role)[] roles)
    {
        var owner = await server.Create<InvitedPersonView>("people", new CreatePersonRequest($"owner-of-{name}", "Owner"));
        var account = await server.Create<ServiceAccountView>("service-accounts", new CreateServiceAccountRequest(name, name, owner.Person.Id));
        foreach (var (resource, role) in roles) { await server.Create<GrantView>("grants", new CreateGrantRequest(account.Id, resource, role)); }

        var key = await server.Create<CreatedKeyView>("keys", new CreateKeyRequest("test", workspace, 1, account.Id));
        var client = server.NewClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key.Secret);
        return client;
    }

    /// <summary>Posts a record to a native route, as the local owner; it must succeed.</summary>
    /// <param name="server">Where to.</param>
    /// <param name="path">Below <c>/api/v1/</c>.</param>
    /// <param name="body">A wire record.</param>
    public static async Task<T> Create<T>(this TestServer server, string path, object body)
    {
        using var answer = await server.Http.PostAsync("/api/v1/" + path, JsonContent.Create(body, body.GetType(), options: WireJson.Options));
        if (!answer.IsSuccessStatusCode) { throw new InvalidOperationException($"{path}: {await answer.Content.ReadAsStringAsync()}"); }

        return (await answer.Content.ReadFromJsonAsync<T>(WireJson.Options))!;
    }
}
