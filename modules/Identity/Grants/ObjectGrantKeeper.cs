using Slipway.Identity.SignIn;
using Slipway.Kernel;

namespace Slipway.Identity.Grants;

/// <summary>Keeps the grants on single objects in step with the objects.</summary>
internal sealed class ObjectGrantKeeper(CredentialCache cache) : IObjectGrants
{
    public Problem? Made(WriteTx tx, Caller by, ObjectRef it)
    {
        // What kept people out of an earlier one of this name.
        if (GrantStore.DeleteOn(tx, it.Resource)) { tx.AfterCommit(cache.Clear); }

        var roles = by.Grants.Where(grant => grant.Covers(it.Resource)).Select(grant => grant.Level).ToList();
        var writes = roles.Any(Permission.Writers.Contains);
        // The server itself and the local owner have no row that a grant could name; who administers the workspace needs none; programs that may write anyway do not share.
        if (roles.Contains(Level.Admin) || by.Kind is not (PrincipalKind.Person or PrincipalKind.ServiceAccount) || (writes && (by.Kind != PrincipalKind.Person || by.ActingAs is not null))) { return null; }

        if (GrantStore.CountOnObjects(tx, by.Id) >= Limits.ObjectGrantsPerPrincipal)
        {
            return writes ? null : TooMany(by.Name);
        }

        var id = Ids.New(tx.Clock);
        GrantStore.Insert(tx, id, by.Id, it.Resource, Level.Admin, by.Id, tx.Clock.NowMs());
        tx.Audit(by, AuditActions.GrantCreate, $"grant/{id}", null, GrantStore.Find(tx, id), "made it");
        tx.AfterCommit(cache.Clear);
        return null;
    }

    public void Renamed(WriteTx tx, ObjectRef it, string newId)
    {
        var now = (it with { Id = newId }).Resource;
        GrantStore.DeleteOn(tx, now);
        GrantStore.Move(tx, it.Resource, now);
        GrantStore.KeepOut(tx, it.Resource, now);
        tx.AfterCommit(cache.Clear);
    }

    public void Gone(WriteTx tx, ObjectRef it)
    {
        GrantStore.DeleteGiving(tx, it.Resource);
        tx.AfterCommit(cache.Clear);
    }

    public static Problem TooMany(string name) => Problem.Conflict(
        "too_many_grants", $"'{name}' has grants on {Limits.ObjectGrantsPerPrincipal:#,0} single objects, which is the most; give a role on the workspace instead.");
}
