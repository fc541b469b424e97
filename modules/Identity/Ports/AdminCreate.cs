using Slipway.Identity.Grants;
using Slipway.Identity.People;
using Slipway.Identity.SignIn;
using Slipway.Kernel;

namespace Slipway.Identity.Ports;

/// <summary>
/// <c>slipway admin create</c>: makes an administrator while the server stands still, for its first start and for when nobody can sign in any more.
/// An existing person of that name becomes administrator and gets a new password.
/// </summary>
public static class AdminCreate
{
    /// <param name="db">With the schema upgraded; the caller holds the lock of the server's data.</param>
    /// <param name="publicUrl">Where people will reach the server.</param>
    /// <param name="password">A reader whose first line is the new password; null = a one-time link is printed instead, good for 15 minutes.</param>
    /// <returns>The exit code: 0, or 1 with the reason in <paramref name="output"/>.</returns>
    public static async Task<int> Run(Db db, Uri publicUrl, string name, TextReader? password, TextWriter output, TimeProvider clock, CancellationToken ct)
    {
        var given = password is null ? null : await password.ReadLineAsync(ct) ?? "";
        if ((Names.PrincipalFault(name) ?? (given is null ? null : PasswordRule.Fault(given))) is { } fault)
        {
            await output.WriteLineAsync(fault);
            return 1;
        }

        var (hash, link, newId, now) = (given is null ? null : PasswordHash.Create(given), OneTimeLink.Create(clock, OneTimeLink.SetUpLife), Ids.New(clock), clock.NowMs());
        var made = await db.Write<Result<Done>>(tx =>
        {
            var id = PrincipalStore.PersonIdOf(tx, name);
            if (id is null && !PrincipalStore.Insert(tx, id = newId, PrincipalKind.Person, name, name, null, now)) { return CreatePerson.NameTaken(name); }

            if (!PrincipalStore.IsActive(tx, id)) { return Problem.Conflict("deactivated", $"'{name}' was deactivated; choose another name."); }

            var before = PrincipalStore.Person(tx, id);
            GrantStore.Insert(tx, Ids.New(clock), id, Grant.Server, Level.Admin, id, now);
            SessionStore.DeleteOf(tx, id);
            if (hash is null) { InvitationStore.Insert(tx, link, id, now); }
            else { PasswordStore.Set(tx, id, hash, now); }

            tx.Audit(Caller.ForJob("admin-create", "default"), AuditActions.SetUp, $"person/{id}", before, PrincipalStore.Person(tx, id), "slipway admin create");
            return Done.Value;
        }, ct);
        await output.WriteLineAsync(made.Fails(out var problem, out _) ? problem.Detail
            : hash is not null ? $"'{name}' is an administrator and can sign in at {publicUrl}."
            : $"'{name}' is an administrator. Start the server and set the password within {OneTimeLink.SetUpLife.TotalMinutes:0} minutes at {link.Url(publicUrl)}");
        return made.Problem is null ? 0 : 1;
    }
}
