namespace Slipway.Identity.Contracts;

/// <summary>A place that owns experiments, models and everything else; what is in one is not seen from another.</summary>
/// <param name="CreatedMs">0 for the one that every server starts with.</param>
/// <param name="Everyone">The role that everybody who has signed in has here: viewer or member; absent = none.</param>
public sealed record WorkspaceView(string Name, string Title, long CreatedMs, Role? Everyone = null);

/// <param name="Everyone">Viewer or member; absent = none.</param>
public sealed record SetEveryoneRequest(Role? Everyone = null);

/// <param name="Name">1 to 63 characters: lower-case letters, digits and <c>-</c> inside; it stands in URLs and cannot be changed.</param>
/// <param name="Title">As people read it, 1 to 250 characters.</param>
public sealed record CreateWorkspaceRequest(string Name, string Title);
