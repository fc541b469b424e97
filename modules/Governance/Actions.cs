using Slipway.Kernel;

namespace Slipway.Governance;

/// <summary>What this module writes to the audit log.</summary>
internal static class Actions
{
    public static readonly AuditAction InventoryPut = new("inventory.put", "The entry of a model in the inventory was made or changed.");
    public static readonly AuditAction PolicySet = new("policy.set", "Another policy is in force.");
    public static readonly AuditAction ApprovalRequest = new("approval.request", "Somebody asked for the approval of a version.");
    public static readonly AuditAction ApprovalSign = new("approval.sign", "A person signed an approval.");
    public static readonly AuditAction ApprovalRefuse = new("approval.refuse", "A person refused an approval.");
    public static readonly AuditAction ApprovalWithdraw = new("approval.withdraw", "An approval, or the request for one, was taken back.");
    public static readonly AuditAction ApprovalVoid = new("approval.void", "Something that an approval was bound to has changed, so it is void.");
    public static readonly AuditAction ApprovalExpire = new("approval.expire", "An exception that an approval needs ran out, or its evidence has become too old.");
    public static readonly AuditAction ExceptionGrant = new("exception.grant", "A row of the policy was waived for a model for a while.");
    public static readonly AuditAction ExceptionWithdraw = new("exception.withdraw", "An exception was taken back.");
    public static readonly AuditAction ExceptionExpire = new("exception.expire", "An exception ran out.");

    public static readonly IReadOnlyList<AuditAction> All =
    [
        InventoryPut, PolicySet, ApprovalRequest, ApprovalSign, ApprovalRefuse, ApprovalWithdraw, ApprovalVoid, ApprovalExpire, ExceptionGrant, ExceptionWithdraw, ExceptionExpire,
    ];
}
