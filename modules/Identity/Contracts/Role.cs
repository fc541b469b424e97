namespace Slipway.Identity.Contracts;

/// <summary>What a grant gives; docs/identity.md lists the permissions of each.</summary>
public enum Role
{
    Viewer,
    Contributor,
    Validator,
    Approver,
    Admin,
    Auditor,

    /// <summary>As a viewer, and makes experiments and models of their own, which they then manage.</summary>
    Member,

    /// <summary>On an experiment or a model only: takes away what roles on the workspace give.</summary>
    None,
}
