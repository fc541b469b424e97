using Slipway.Identity.Contracts;
using Slipway.Identity.Grants;
using Slipway.Identity.People;
using Slipway.Identity.SignIn;
using Slipway.Kernel;
using Slipway.Kernel.Mlflow;

namespace Slipway.Identity.Mlflow;

/// <summary>What MLflow's user routes change: people with a password from the start, their passwords, and who administers the server.</summary>
internal sealed class ChangeMlflowUser(Db db, CredentialCache cache, PasswordVerifier passwords, TimeProvider clock)
{
    // MLflow's sentence, which its users know.
    private static readonly Problem TooShort = Problem.Invalid("password", $"Password must be a string longer than {PasswordRule.MinChars} characters.");

    /// <summary>Makes a person who can sign in at once; like anybody new they may do nothing that is not everybody's.</summary>
    public async Task<Result<MlflowUser>> Create(Caller caller, string name, string password, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.PeopleWrite) is { } denied) { return denied; }

        if (Names.PrincipalFault(name) is { } fault) { return Problem.Invalid("username", fault); }

        if (Fault(password) is { } weak) { return weak; }

        var (id, now, hash) = (Ids.New(clock), clock.NowMs(), PasswordHash.Create(password));
        return await db.Write<Result<MlflowUser>>(tx =>
        {
            if (!PrincipalStore.Insert(tx, id, PrincipalKind.Person, name, name, null, now))
            {
                return Problem.Conflict(MlflowFaults.AlreadyExists, $"User (username={name}) already exists.");
            }

            PasswordStore.Set(tx, id, hash, now);
            tx.Audit(caller, AuditActions.PersonCreate, $"person/{id}", null, PrincipalStore.Person(tx, id));
            return MlflowUsers.Find(tx, name)!;
        }, ct);
    }

    /// <param name="current">The password until now, which whoever changes their own must know.</param>
    public async Task<Result<Done>> SetPassword(Caller caller, string name, string password, string? current, CancellationToken ct)
    {
        var own = name == caller.Name;
        if (!own && caller.Lacks(Permissions.PeopleWrite) is { } denied) { return denied; }

        if (own && string.IsNullOrEmpty(current)) { return Problem.Invalid("current_password", "Current password is required when changing your own password."); }

        if (own && (await passwords.Verify(name, current!, caller.Address, ct)).Fails(out var wrong, out _))
        {
            return wrong.Status == 401 ? Problem.Invalid("current_password", "Current password is incorrect.") : wrong;
        }

        if (Fault(password) is { } weak) { return weak; }

        var hash = PasswordHash.Create(password);
        return await db.Write<Result<Done>>(tx =>
        {
            if (PrincipalStore.PersonIdOf(tx, name) is not { } id || PrincipalStore.Person(tx, id) is not { DeactivatedMs: null } person) { return MlflowUsers.NotFound(name); }

            PasswordStore.Set(tx, id, hash, tx.Clock.NowMs());
            // Whoever knew the old password is out.
            SessionStore.DeleteOf(tx, id);
            InvitationStore.DeleteOf(tx, id);
            tx.Audit(caller, AuditActions.PersonPassword, $"person/{id}", person, PrincipalStore.Person(tx, id));
            tx.AfterCommit(cache.Clear);
            return Done.Value;
        }, ct);
    }

    public async Task<Result<Done>> SetAdmin(Caller caller, string name, bool admin, CancellationToken ct)
    {
        if (!GrantRule.MayGive(caller, Grant.Server)) { return Problem.Forbidden($"'{caller.Name}' lacks {Permissions.GrantsWrite.Name} on 'server', so cannot say who administers it."); }

        var grantId = Ids.New(clock);
        return await db.Write<Result<Done>>(tx =>
        {
            if (MlflowUsers.Find(tx, name) is not { } user) { return MlflowUsers.NotFound(name); }

            if (user.IsAdmin == admin) { return Done.Value; }

            if (!admin)
            {
                if (GrantStore.IsLastAdmin(tx, user.Id)) { return GrantStore.LastAdmin(name); }

                var grant = GrantStore.ViewsOf(tx, user.Id).First(grant => grant is { Resource: Grant.Server, Level: Role.Admin });
                GrantStore.Delete(tx, grant.Id);
                tx.Audit(caller, AuditActions.GrantDelete, $"grant/{grant.Id}", grant);
            }
            else
            {
                GrantStore.Insert(tx, grantId, user.Id, Grant.Server, Level.Admin, caller.Id, tx.Clock.NowMs());
                tx.Audit(caller, AuditActions.GrantCreate, $"grant/{grantId}", null, GrantStore.Find(tx, grantId));
            }

            tx.AfterCommit(cache.Clear);
            return Done.Value;
        }, ct);
    }

    private static Problem? Fault(string password) =>
        password.Length < PasswordRule.MinChars ? TooShort : PasswordRule.Fault(password) is { } fault ? Problem.Invalid("password", fault) : null;
}
