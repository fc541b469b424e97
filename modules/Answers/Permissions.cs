using Slipway.Kernel;

namespace Slipway.Answers;

/// <summary>What the routes of this module ask for.</summary>
internal static class Permissions
{
    public static readonly Permission Read = new("answers.read", "See the four answers about a model, now and at any past moment.", Permission.Everyone);

    public static readonly IReadOnlyList<Permission> All = [Read];
}
