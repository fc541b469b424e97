using Slipway.Answers.Contracts;
using Slipway.Answers.State;

namespace Slipway.Answers.Verdicts;

/// <summary>From findings to an answer: the worst decides, and the sentence says why.</summary>
internal static class Verdict
{
    /// <summary>Clauses in a sentence, at most; the evidence has them all.</summary>
    private const int Clauses = 2;

    private const int Evidence = 50;

    /// <summary>no before attention before unknown before yes: a breach is a breach whatever else is missing, and what is missing is not good.</summary>
    private static readonly AnswerVerdict[] WorstFirst = [AnswerVerdict.No, AnswerVerdict.Attention, AnswerVerdict.Unknown, AnswerVerdict.Yes];

    /// <param name="head">How the sentence begins, whatever the verdict; empty = with its reasons.</param>
    /// <param name="good">The rest of it when all is well.</param>
    /// <param name="tail">How it ends, whatever the verdict; null = no more.</param>
    public static AnswerView Of(ModelState state, int number, string question, string head, IReadOnlyList<Finding> findings, string good, string? tail = null)
    {
        var worst = Worst(findings);
        var reason = worst == AnswerVerdict.Yes ? good : Words.Some([.. findings.Where(finding => finding.Verdict == worst).Select(finding => finding.Clause).Distinct()], Clauses);
        var sentence = Words.Capital(string.Join("; ", new[] { head, reason, tail }.Where(part => !string.IsNullOrEmpty(part)))) + ".";
        var evidence = findings.OrderBy(finding => Array.IndexOf(WorstFirst, finding.Verdict)).Take(Evidence).Select(finding => View(state, finding));
        return new AnswerView(number, question, worst, sentence, [.. evidence]);
    }

    public static AnswerVerdict Worst(IEnumerable<Finding> findings) => Array.Find(WorstFirst, verdict => verdict == AnswerVerdict.Yes || findings.Any(finding => finding.Verdict == verdict));

    private static EvidenceView View(ModelState state, Finding finding) => new(
        finding.Label, finding.Value, finding.Verdict, finding.Digest, finding.AtMs is { } at ? Math.Max(0, state.Moment.AtMs - at) : null,
        finding.Link is { } link ? $"/w/{Uri.EscapeDataString(state.Workspace)}/{link}" : null);
}
