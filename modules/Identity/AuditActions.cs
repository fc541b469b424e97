using Slipway.Kernel;

namespace Slipway.Identity;

/// <summary>What this module writes to the audit log.</summary>
internal static class AuditActions
{
    public static readonly AuditAction SetUp = new("server.setUp", "The first administrator was made, by the set-up link or on the command line.") { ServerWide = true };
    public static readonly AuditAction PersonCreate = new("person.create", "A person was invited.") { ServerWide = true };
    public static readonly AuditAction PersonInvite = new("person.invite", "A person was given a new link to set their password.") { ServerWide = true };
    public static readonly AuditAction PersonPassword = new("person.password", "A person set their password.") { ServerWide = true };
    public static readonly AuditAction PersonDeactivate = new("person.deactivate", "A person may no longer do anything; sessions and keys ended.") { ServerWide = true };
    public static readonly AuditAction ServiceAccountCreate = new("serviceAccount.create", "A service account was made.") { ServerWide = true };
    public static readonly AuditAction ServiceAccountDeactivate = new("serviceAccount.deactivate", "A service account may no longer do anything; its keys ended.") { ServerWide = true };
    public static readonly AuditAction GrantCreate = new("grant.create", "A principal was given a role.") { ServerWide = true };
    public static readonly AuditAction GrantChange = new("grant.change", "A principal was given another level on an experiment or a model.") { ServerWide = true };
    public static readonly AuditAction GrantDelete = new("grant.delete", "A role was taken from a principal.") { ServerWide = true };
    public static readonly AuditAction KeyCreate = new("key.create", "An API key was made.") { ServerWide = true };
    public static readonly AuditAction KeyRevoke = new("key.revoke", "An API key was revoked.") { ServerWide = true };
    public static readonly AuditAction WorkspaceCreate = new("workspace.create", "A workspace was made.") { ServerWide = true };
    public static readonly AuditAction WorkspaceRetitle = new("workspace.retitle", "A workspace was given another title.") { ServerWide = true };
    public static readonly AuditAction WorkspaceEveryone = new("workspace.everyone", "What everybody who has signed in may do in a workspace was set.") { ServerWide = true };
    public static readonly AuditAction SignInBlocked = new("signIn.blocked", "Sign-in failed so often that further attempts must wait.") { ServerWide = true };

    public static readonly IReadOnlyList<AuditAction> All =
    [
        SetUp, PersonCreate, PersonInvite, PersonPassword, PersonDeactivate, ServiceAccountCreate, ServiceAccountDeactivate,
        GrantCreate, GrantChange, GrantDelete, KeyCreate, KeyRevoke, WorkspaceCreate, WorkspaceRetitle, WorkspaceEveryone, SignInBlocked,
    ];
}
