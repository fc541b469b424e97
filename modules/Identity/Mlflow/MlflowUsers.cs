using System.Text.Json;
using Slipway.Identity.Contracts;
using Slipway.Identity.Grants;
using Slipway.Kernel;

namespace Slipway.Identity.Mlflow;

/// <summary>A person or a service account as MLflow shows it.</summary>
/// <param name="Number">MLflow knows users by a number.</param>
/// <param name="IsAdmin">Administers the whole server.</param>
/// <param name="OnObjects">Its grants on single objects.</param>
internal sealed record MlflowUser(string Id, long Number, string Name, bool IsAdmin, IReadOnlyList<GrantView> OnObjects);

internal static class MlflowUsers
{
    public static Problem NotFound(string name) => new(404, "not_found", $"User with username={name} not found");

    /// <summary>Null when nobody active has the name.</summary>
    public static MlflowUser? Find(ReadTx tx, string name) => tx.QueryOne(
        $"SELECT principal_id, number, name FROM identity_principals WHERE name = {name} AND deactivated_ms IS NULL", Read) is { } bare ? Complete(tx, bare) : null;

    /// <summary>Active people by name.</summary>
    public static List<MlflowUser> People(ReadTx tx) =>
    [
        .. tx.Query($"SELECT principal_id, number, name FROM identity_principals WHERE kind = 'Person' AND deactivated_ms IS NULL ORDER BY name LIMIT {Limits.PageRows}", Read)
            .Select(bare => Complete(tx, bare)),
    ];

    /// <summary>Without what is hidden from the caller: nobody is told of what they are kept out of.</summary>
    public static MlflowUser Shown(Caller caller, MlflowUser user) => user with { OnObjects = [.. user.OnObjects.Where(grant => grant.PrincipalId != caller.Id || GrantRule.MaySee(caller, grant))] };

    public static void Write(Utf8JsonWriter json, MlflowUser user)
    {
        json.WriteStartObject();
        json.WriteNumber("id"u8, user.Number);
        json.WriteString("username"u8, user.Name);
        json.WriteBoolean("is_admin"u8, user.IsAdmin);
        List(json, "experiment_permissions"u8, user, ObjectRef.Experiment);
        List(json, "registered_model_permissions"u8, user, ObjectRef.Model);
        json.WriteStartArray("scorer_permissions"u8);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static void WritePermission(Utf8JsonWriter json, ObjectRef it, Role level, long user)
    {
        json.WriteStartObject();
        json.WriteString(it.Kind == ObjectRef.Experiment ? "experiment_id"u8 : "name"u8, it.Id);
        json.WriteString("permission"u8, PermissionNames.Of(level));
        json.WriteNumber("user_id"u8, user);
        if (it.Kind == ObjectRef.Model) { json.WriteString("workspace"u8, it.Workspace); }

        json.WriteEndObject();
    }

    private static void List(Utf8JsonWriter json, ReadOnlySpan<byte> name, MlflowUser user, string kind)
    {
        json.WriteStartArray(name);
        foreach (var grant in user.OnObjects)
        {
            if (ObjectRef.Parse(grant.Resource) is { } it && it.Kind == kind) { WritePermission(json, it, grant.Level, user.Number); }
        }

        json.WriteEndArray();
    }

    private static MlflowUser Read(System.Data.Common.DbDataReader row) => new(row.GetString(0), row.GetInt64(1), row.GetString(2), false, []);

    private static MlflowUser Complete(ReadTx tx, MlflowUser bare)
    {
        var grants = GrantStore.ViewsOf(tx, bare.Id);
        return bare with
        {
            IsAdmin = grants.Any(grant => grant is { Resource: Grant.Server, Level: Role.Admin }),
            OnObjects = [.. grants.Where(grant => ObjectRef.Parse(grant.Resource) is not null)],
        };
    }
}
