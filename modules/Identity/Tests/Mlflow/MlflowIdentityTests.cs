using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Slipway.Identity.Contracts;

namespace Slipway.Identity.Tests.Mlflow;

/// <summary>Users, permissions and workspaces at the MLflow edge, beyond what the recordings show.</summary>
public sealed class MlflowIdentityTests
{
    private const string Users = "/api/2.0/mlflow/users/";
    private const string OnExperiments = "/api/2.0/mlflow/experiments/permissions/";
    private const string Workspaces = "/api/3.0/mlflow/workspaces";

    [Theory, EachDatabase]
    public async Task A_person_changes_their_own_password_by_knowing_the_old_one(string database)
    {
        await using var house = await House.Open(database);
        await house.Person("ann");
        using var ann = Basic(house, "ann", House.Password);
        using var changed = Basic(house, "ann", "another password");

        Assert.Equal(400, (await Patch(ann, Users + "update-password", new { username = "ann", password = "another password", current_password = "wrong" })).Status);
        Assert.Equal(403, (await Patch(ann, Users + "update-password", new { username = "root", password = "another password" })).Status);
        Assert.Equal(200, (await Patch(ann, Users + "update-password", new { username = "ann", password = "another password", current_password = House.Password })).Status);
        Assert.Equal(401, (await ann.Get(Users + "current")).Status);
        Assert.Equal(200, (await changed.Get(Users + "current")).Status);
        Assert.Equal(200, (await Patch(house.Admin, Users + "update-password", new { username = "ann", password = "given by root" })).Status);
        Assert.Equal(401, (await changed.Get(Users + "current")).Status);
    }

    [Theory, EachDatabase]
    public async Task Only_who_manages_people_sees_and_changes_others_and_the_last_administrator_stays(string database)
    {
        await using var house = await House.Open(database);
        var (ann, _) = await house.Person("ann");

        Assert.Equal(403, (await ann.Get(Users + "list")).Status);
        Assert.Equal(403, (await ann.Get(Users + "get?username=nobody")).Status);
        Assert.Equal(404, (await house.Admin.Get(Users + "get?username=nobody")).Status);
        Assert.Equal(403, (await Patch(ann, Users + "update-admin", new { username = "ann", is_admin = true })).Status);
        Assert.Equal(["ann", "root"], JsonNode.Parse((await house.Admin.Get(Users + "list")).Body)!["users"]!.AsArray().Select(user => (string)user!["username"]!));
        Assert.Equal(409, (await Patch(house.Admin, Users + "update-admin", new { username = "root", is_admin = false })).Status);
        Assert.Equal(200, (await Patch(house.Admin, Users + "update-admin", new { username = "ann", is_admin = "true" })).Status);
        Assert.True((bool)JsonNode.Parse((await ann.Get(Users + "current")).Body)!["user"]!["is_admin"]!);
        Assert.Equal(200, (await Patch(house.Admin, Users + "update-admin", new { username = "ann", is_admin = false })).Status);
        Assert.Equal(403, (await ann.Get(Users + "list")).Status);
    }

    [Theory, EachDatabase]
    public async Task Permissions_on_experiments_are_a_view_of_the_grants(string database)
    {
        await using var house = await House.Open(database);
        var (ann, person) = await house.Person("ann");
        var (stranger, _) = await house.Person("sam", ("workspace/default", Role.Contributor));
        object Body(string permission) => new { experiment_id = "0", username = "ann", permission };

        Assert.Equal(403, (await stranger.Post(OnExperiments + "create", Body("READ"))).Status);
        Assert.Equal(200, (await house.Admin.Post(OnExperiments + "create", Body("USE"))).Status);
        Assert.Equal(400, (await house.Admin.Post(OnExperiments + "create", Body("READ"))).Status);
        Assert.Contains("\"USE\"", (await house.Admin.Get(OnExperiments + "get?experiment_id=0&username=ann")).Body, StringComparison.Ordinal);
        Assert.Equal(Role.Member, (await house.Admin.Get<Kernel.Contracts.Page<GrantView>>($"grants?principal={person.Id}")).Items.Single().Level);
        Assert.Equal(200, (await ann.Get("/api/2.0/mlflow/experiments/get?experiment_id=0")).Status);
        Assert.Equal(404, (await house.Admin.Get(OnExperiments + "get?experiment_id=0&username=sam")).Status);
        Assert.Equal(404, (await house.Admin.Post(OnExperiments + "create", new { experiment_id = "77", username = "ann", permission = "READ" })).Status);
        Assert.Equal(404, (await house.Admin.Post(OnExperiments + "create", new { experiment_id = "0", username = "nobody", permission = "READ" })).Status);
        Assert.Equal(404, (await house.Admin.Send(HttpMethod.Delete, OnExperiments + "delete", JsonContent.Create(new { experiment_id = "0", username = "sam" }))).Status);
    }

    [Theory, EachDatabase]
    public async Task Workspaces_and_the_roles_in_them_are_seen_and_made_by_the_protocol(string database)
    {
        await using var house = await House.Open(database);
        var (ann, _) = await house.Person("ann");
        Assert.Contains("\"workspaces_enabled\":false", (await ann.Get("/api/3.0/mlflow/server-info")).Body, StringComparison.Ordinal);
        Assert.Equal(403, (await ann.Post(Workspaces, new { name = "risk" })).Status);

        Assert.Equal(200, (await house.Admin.Post(Workspaces, new { name = "risk", description = "Risk models" })).Status);
        Assert.Equal(400, (await house.Admin.Post(Workspaces, new { name = "risk" })).Status);
        Assert.Contains("\"workspaces_enabled\":true", (await ann.Get("/api/3.0/mlflow/server-info")).Body, StringComparison.Ordinal);
        Assert.Equal("{}", (await ann.Get(Workspaces)).Body);
        Assert.Equal(404, (await ann.Get(Workspaces + "/risk")).Status);

        Assert.Equal(403, (await ann.Post(Workspaces + "/risk/permissions", new { username = "ann", permission = "READ" })).Status);
        Assert.Equal(200, (await house.Admin.Post(Workspaces + "/risk/permissions", new { username = "ann", permission = "READ" })).Status);
        Assert.Equal(200, (await house.Admin.Post(Workspaces + "/risk/permissions", new { username = "ann", permission = "EDIT" })).Status);
        Assert.Contains("Risk models", (await ann.Get(Workspaces)).Body, StringComparison.Ordinal);
        Assert.Equal(200, (await ann.With("X-MLFLOW-WORKSPACE", "risk").Post("/api/2.0/mlflow/experiments/create", new { name = "mine" })).Status);
        Assert.Contains("\"EDIT\"", (await ann.Get("/api/3.0/mlflow/workspace-permissions")).Body, StringComparison.Ordinal);
        Assert.Contains("\"EDIT\"", (await house.Admin.Get(Workspaces + "/risk/permissions")).Body, StringComparison.Ordinal);

        Assert.Equal(200, (await Patch(house.Admin, Workspaces + "/risk", new { description = "Risk" })).Status);
        Assert.Equal(501, (await house.Admin.Delete(Workspaces + "/risk")).Status);
        Assert.Equal(200, (await house.Admin.Send(HttpMethod.Delete, Workspaces + "/risk/permissions", JsonContent.Create(new { username = "ann" }))).Status);
        Assert.Equal(404, (await ann.Get("/api/2.0/mlflow/experiments/get?experiment_id=0")).Status);
    }

    private static Task<Answer> Patch(Api api, string path, object body) => api.Send(HttpMethod.Patch, path, JsonContent.Create(body, body.GetType()));

    private static Api Basic(House house, string name, string password) =>
        new(house.Server.NewClient()) { Authorization = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{password}")) };
}
