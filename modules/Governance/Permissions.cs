using Slipway.Kernel;

namespace Slipway.Governance;

/// <summary>What the routes and handlers of this module ask for. Nobody who writes the policy signs by the same role: an administrator who is to sign needs the level of an approver besides.</summary>
internal static class Permissions
{
    private static readonly Level[] Askers = [Level.Contributor, Level.Validator, Level.Approver, Level.Admin];

    public static readonly Permission InventoryRead = new("governance.inventory.read", "See what models are for, who answers for them and how consequential they are.", Permission.Everyone);
    public static readonly Permission InventoryWrite = new("governance.inventory.write", "Write entries of the inventory; a change voids the model's approvals.", Level.Contributor, Level.Validator, Level.Admin);
    public static readonly Permission PolicyRead = new("governance.policy.read", "See the policy and the ones before it.", Permission.Everyone);
    public static readonly Permission PolicyCheck = new("governance.policy.check", "Try a text as a policy, with its tests, and change nothing.", Askers);
    public static readonly Permission PolicyWrite = new("governance.policy.write", "Set another policy; a change voids every approval of the workspace.", Permission.Admins);
    public static readonly Permission ApprovalsRead = new("governance.approvals.read", "See approvals, what they are bound to, and exceptions.", Permission.Everyone);
    public static readonly Permission ApprovalsRequest = new("governance.approvals.request", "Ask for the approval of a version, and take that back.", Askers);
    public static readonly Permission ApprovalsSign = new("governance.approvals.sign", "Sign or refuse approvals, grant exceptions; never of one's own work.", Level.Approver);
    public static readonly Permission ApprovalsEnd = new("governance.approvals.end", "Take back an approval or an exception of others.", Level.Approver, Level.Admin);

    public static readonly IReadOnlyList<Permission> All =
        [InventoryRead, InventoryWrite, PolicyRead, PolicyCheck, PolicyWrite, ApprovalsRead, ApprovalsRequest, ApprovalsSign, ApprovalsEnd];
}
