using Slipway.Kernel;

namespace Slipway.Serving;

/// <summary>What this module writes to the audit log. The gate is asked by <c>endpoint.deploy</c> before every change that brings a version to work; going back and stopping ask nobody.</summary>
internal static class Actions
{
    public static readonly AuditAction Create = new("endpoint.create", "A name for answers of a model was made.");
    public static readonly AuditAction Delete = new("endpoint.delete", "An endpoint was deleted with its deployments.");
    public static readonly AuditAction Deploy = new("endpoint.deploy", "A version was deployed as champion, canary or shadow.");
    public static readonly AuditAction Traffic = new("endpoint.traffic", "The canary got another share.");
    public static readonly AuditAction Promote = new("endpoint.promote", "The canary became the champion.");
    public static readonly AuditAction Halt = new("endpoint.halt", "Shares were frozen.");
    public static readonly AuditAction Resume = new("endpoint.resume", "Frozen shares were released.");
    public static readonly AuditAction RollBack = new("endpoint.rollback", "A version was taken out of the traffic.");
    public static readonly AuditAction Withdraw = new("endpoint.withdraw", "A version was taken out because its approval is no longer in force.");
    public static readonly AuditAction Stop = new("endpoint.stop", "The kill switch was used.");
    public static readonly AuditAction Release = new("endpoint.release", "One of two people released the kill switch; the second one's entry says that it answers again.");

    public static readonly IReadOnlyList<AuditAction> All = [Create, Delete, Deploy, Traffic, Promote, Halt, Resume, RollBack, Withdraw, Stop, Release];
}
