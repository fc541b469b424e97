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
}
