namespace Slipway.Answers.Contracts;

/// <summary>What a question is answered with. Unknown is not good: it says that evidence is missing.</summary>
public enum AnswerVerdict
{
    Yes,
    No,
    Attention,
    Unknown,
}

/// <summary>The four answers about a model as of one moment. The same moment gives the same bytes, whenever it is asked about.</summary>
/// <param name="Position">The last fact of the workspace that was taken into account.</param>
/// <param name="AsOfMs">The moment; ages and expiries are relative to it.</param>
/// <param name="AsOf">Asks for exactly this answer again: <c>position:N@MS</c>.</param>
/// <param name="Answers">Four, in the order of the questions.</param>
/// <param name="Digest">SHA-256 over the JSON of all the rest in the canonical form of RFC 8785; 64 hex digits.</param>
public sealed record AnswersView(string Workspace, string Model, long Position, long AsOfMs, string AsOf, IReadOnlyList<AnswerView> Answers, string Digest);

/// <param name="Number">1 to 4.</param>
/// <param name="Sentence">The answer in words; names the reasons of its verdict.</param>
/// <param name="Evidence">The strongest first: what decided the verdict, then the rest.</param>
public sealed record AnswerView(int Number, string Question, AnswerVerdict Verdict, string Sentence, IReadOnlyList<EvidenceView> Evidence);

/// <summary>One thing that an answer rests on.</summary>
/// <param name="Verdict">What it says by itself.</param>
/// <param name="Digest">SHA-256 of the record behind it; absent when there is none.</param>
/// <param name="AgeMs">How long before the moment it was told or observed; absent for what is missing.</param>
/// <param name="Link">Page that shows it, as a path on this server.</param>
public sealed record EvidenceView(string Label, string Value, AnswerVerdict Verdict, string? Digest = null, long? AgeMs = null, string? Link = null);

/// <summary>A moment at which something changed that the answers about a model may speak of.</summary>
/// <param name="Model">What the model was called then; ask about that moment by this name.</param>
/// <param name="AtMs">When it counts as having happened; never earlier than the moment before it.</param>
/// <param name="What">In words.</param>
public sealed record MomentView(long Position, string Model, long AtMs, string What);
