namespace Slipway.Answers.State;

/// <summary>A fact that holds at a moment.</summary>
/// <param name="Digest">Of the evidence behind it; null when there is none.</param>
/// <param name="FromPosition">Since which fact.</param>
/// <param name="AtMs">When that counts as having happened.</param>
internal sealed record Held<T>(T Fact, string? Digest, long FromPosition, long AtMs);

/// <summary>A row of <c>answers_intervals</c> that holds at a moment.</summary>
internal sealed record Interval(string Subject, string Field, string Value, string? Digest, long FromPosition, long AtMs);
