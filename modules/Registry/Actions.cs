using Slipway.Kernel;

namespace Slipway.Registry;

/// <summary>What this module writes to the audit log; the gate is asked by the same names.</summary>
internal static class Actions
{
    public static readonly AuditAction ModelCreate = new("model.create", "A name for versions was made.");
    public static readonly AuditAction ModelRename = new("model.rename", "A model got another name.");
    public static readonly AuditAction ModelDelete = new("model.delete", "A model was deleted with its versions, tags and aliases.");
    public static readonly AuditAction VersionRegister = new("version.register", "A version was registered under a model.");
    public static readonly AuditAction VersionDelete = new("version.delete", "A version was deleted.");
    public static readonly AuditAction AliasSet = new("alias.set", "An alias was made to stand for a version.");
    public static readonly AuditAction AliasDelete = new("alias.delete", "An alias was removed.");
    public static readonly AuditAction StageChange = new("stage.change", "A version went to another of MLflow's legacy stages.");

    public static readonly AuditAction ModelImport = new("model.import", "A model and versions of another registry were taken over.");

    public static readonly IReadOnlyList<AuditAction> All = [ModelImport, ModelCreate, ModelRename, ModelDelete, VersionRegister, VersionDelete, AliasSet, AliasDelete, StageChange];
}
