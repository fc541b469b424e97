using Slipway.Identity.Local;
using Slipway.Identity.Ports;
using Slipway.Kernel;

namespace Slipway.Identity.People;

internal sealed class Principals(Db db, LocalOwner local) : IPrincipals
{
    public Task<Caller?> Find(string principalId, string workspace, CancellationToken ct) => db.Read(tx => Now(tx, local, principalId, workspace), ct);

    public Principal? Look(ReadTx tx, string idOrName) => idOrName == LocalOwner.Caller.Id
        ? new Principal(idOrName, LocalOwner.Caller.Name, PrincipalKind.LocalOwner, idOrName, local.Now is not null)
        : PrincipalStore.Look(tx, idOrName);

    public static Caller? Now(ReadTx tx, LocalOwner local, string principalId, string workspace)
    {
        var caller = principalId == LocalOwner.Caller.Id ? local.Now : PrincipalStore.Caller(tx, principalId);
        return caller is null ? null : caller with { Workspace = workspace };
    }
}
