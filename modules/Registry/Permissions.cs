using Slipway.Kernel;

namespace Slipway.Registry;

/// <summary>What the routes and handlers of this module ask for.</summary>
internal static class Permissions
{
    public static readonly Permission ModelsRead =
        new("registry.models.read", "See registered models, their versions, cards and differences.", Permission.Everyone) { On = ObjectRef.Model };

    public static readonly Permission ModelsCreate = new("registry.models.create", "Register models.", Permission.Makers);
    public static readonly Permission ModelsWrite = new("registry.models.write", "Register versions; rename, describe and tag models and versions.", Permission.Writers) { On = ObjectRef.Model };

    public static readonly Permission AliasesWrite =
        new("registry.aliases.write", "Say which version an alias or a legacy stage stands for.", Permission.Writers) { On = ObjectRef.Model };

    public static readonly Permission ModelsDelete =
        new("registry.models.delete", "Delete models and versions.", Permission.Writers) { On = ObjectRef.Model, OnObject = Permission.Admins };

    public static readonly Permission Import = new("registry.import", "Take over models and versions of another registry, under their own numbers and times.", Permission.Admins);

    public static readonly IReadOnlyList<Permission> All = [ModelsRead, ModelsCreate, ModelsWrite, AliasesWrite, ModelsDelete, Import];
}
