using Slipway.Identity.Contracts;
using Slipway.Kernel;

namespace Slipway.Identity.Keys;

/// <summary>Whose keys a caller may make and revoke: their own, those of the service accounts that they own, and with a permission those of any service account.</summary>
internal static class KeyRule
{
    public const int MaxDays = 365;

    /// <summary>Nobody makes keys in another person's name: a key would speak as them.</summary>
    /// <param name="account">The service account that the key is for; null = it is no service account.</param>
    public static Problem? MayCreate(Caller caller, string principalId, ServiceAccountView? account)
    {
        if (caller.Cap is { } cap) { return Problem.Forbidden($"The key in use is capped at {cap}, so it cannot make keys; use one that is not, or sign in."); }

        if (caller.Id == principalId || account?.OwnerId == caller.Id) { return null; }

        return account is null
            ? Problem.Forbidden("A key is made by its own principal, or for a service account; nobody makes keys in the name of another person.")
            : caller.Lacks(Permissions.KeysWrite);
    }

    public static bool MayRevoke(Caller caller, KeyView key, ServiceAccountView? account) =>
        caller.Id == key.PrincipalId || account?.OwnerId == caller.Id || caller.Has(Permissions.KeysWrite);

    public static bool MaySee(Caller caller, KeyView key, ServiceAccountView? account) =>
        caller.Id == key.PrincipalId || account?.OwnerId == caller.Id || caller.Has(Permissions.KeysRead);
}
