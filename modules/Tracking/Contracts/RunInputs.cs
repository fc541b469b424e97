namespace Slipway.Tracking.Contracts;

/// <summary>A dataset that a run used, as its client described it.</summary>
/// <param name="Digest">The client's own, up to 36 characters; may be empty.</param>
/// <param name="Source">Where it came from, usually JSON; kept as given, never opened. The first 2,000 characters.</param>
/// <param name="Context">What it was used as, such as <c>training</c>; absent when it was not said.</param>
public sealed record RunDatasetView(string Name, string Digest, string SourceType, string Source, string? Context = null);

/// <summary>A logged model that a run used or made.</summary>
/// <param name="Made">True for what came out, false for what went in.</param>
/// <param name="Step">When it was made; absent when it was not said, and for what went in.</param>
/// <param name="Name">Absent when the workspace has no such model, or it was deleted.</param>
/// <param name="Status">Absent as the name is.</param>
public sealed record RunModelView(string ModelId, bool Made, long? Step = null, string? Name = null, LoggedModelStatus? Status = null);
