using Slipway.Answers.Contracts;

namespace Slipway.Answers.Verdicts;

/// <summary>One thing that was looked at for an answer, and what it says.</summary>
/// <param name="Clause">Said in the sentence when this decides the verdict; part of a sentence, without full stop.</param>
/// <param name="AtMs">When it was told or observed; null for what is missing.</param>
/// <param name="Link">Below the workspace's pages, such as <c>endpoints/credit</c>; null when there is none.</param>
internal sealed record Finding(AnswerVerdict Verdict, string Label, string Value, string Clause, string? Digest = null, long? AtMs = null, string? Link = null);
