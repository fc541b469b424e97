using Slipway.Kernel;

namespace Slipway.Identity;

/// <summary>What the routes of this module ask for. Nobody needs one for their own session and keys.</summary>
internal static class Permissions
{
    public static readonly Permission PeopleRead = new("identity.people.read", "See the people and service accounts of the server.", Permission.Overseers) { ServerWide = true };

    public static readonly Permission PeopleWrite =
        new("identity.people.write", "Invite and deactivate people; create and deactivate service accounts.", Permission.Admins) { ServerWide = true };

    public static readonly Permission KeysRead = new("identity.keys.read", "See everybody's API keys (never their secrets).", Permission.Overseers) { ServerWide = true };

    public static readonly Permission KeysWrite =
        new("identity.keys.write", "Make keys for any service account; revoke anybody's keys.", Permission.Admins) { ServerWide = true };

    public static readonly Permission WorkspacesWrite = new("identity.workspaces.write", "Create workspaces.", Permission.Admins) { ServerWide = true };

    public static readonly Permission GrantsRead = new("identity.grants.read", "See who may do what in the workspace.", Permission.Overseers);

    public static readonly Permission GrantsWrite = new("identity.grants.write", "Give and take roles in the workspace.", Permission.Admins);

    public static readonly IReadOnlyList<Permission> All = [PeopleRead, PeopleWrite, KeysRead, KeysWrite, WorkspacesWrite, GrantsRead, GrantsWrite];
}
