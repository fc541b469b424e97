using Slipway.Identity.Contracts;
using Slipway.Kernel;

namespace Slipway.Identity.Mlflow;

/// <summary>MLflow's permission levels as a view of roles.</summary>
internal static class PermissionNames
{
    private static readonly (string Name, Role Role)[] All =
        [("READ", Role.Viewer), ("USE", Role.Member), ("EDIT", Role.Contributor), ("MANAGE", Role.Admin), ("NO_PERMISSIONS", Role.None)];

    public static Result<Role> Parse(string name)
    {
        foreach (var (known, role) in All)
        {
            if (known == name) { return role; }
        }

        return Problem.Invalid("permission", $"Invalid permission '{name}'. Valid permissions are: ({string.Join(", ", All.Select(level => $"'{level.Name}'"))})");
    }

    /// <summary>Roles that MLflow does not know judge and oversee, but write nothing: they read.</summary>
    public static string Of(Role role) => All.FirstOrDefault(level => level.Role == role).Name ?? "READ";

    /// <summary>What several roles on one workspace amount to.</summary>
    public static string OfAll(IEnumerable<Role> roles) => All.Take(4).Last(level => level.Role == Role.Viewer || roles.Contains(level.Role)).Name;
}
