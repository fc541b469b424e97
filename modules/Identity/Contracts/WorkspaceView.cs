namespace Slipway.Identity.Contracts;

/// <summary>A place that owns experiments, models and everything else; what is in one is not seen from another.</summary>
/// <param name="CreatedMs">0 for the one that every server starts with.</param>
public sealed record WorkspaceView(string Name, string Title, long CreatedMs);

/// <param name="Name">1 to 63 characters: lower-case letters, digits and <c>-</c> inside; it stands in URLs and cannot be changed.</param>
/// <param name="Title">As people read it, 1 to 250 characters.</param>
public sealed record CreateWorkspaceRequest(string Name, string Title);
