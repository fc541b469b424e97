using System.CommandLine;
using Slipway.Answers.Contracts;

namespace Slipway.Cli;

/// <summary>The four answers about a model.</summary>
internal static class AnswersVerb
{
    private const int Evidence = 3;

    public static Command Create()
    {
        var model = new Argument<string>("MODEL") { Description = "Name of the model" };
        var asOf = new Option<string?>("--as-of") { Description = "A past moment: milliseconds since 1970, ISO 8601 (without a zone: UTC) or position:N; without it, now" };
        return new Command("answers", "Answers four questions about a model, now or as of a past moment: where it is, what it was trained on, who approved it, is it safe.") { model, asOf }
            .InWorkspace(async (parsed, client, workspace, ct) =>
            {
                var path = $"{workspace}/models/{Uri.EscapeDataString(parsed.GetValue(model)!)}/answers";
                var view = await client.Get<AnswersView>(parsed.GetValue(asOf) is { } moment ? $"{path}?asOf={Uri.EscapeDataString(moment)}" : path, ct);
                if (parsed.Json(view)) { return 0; }

                foreach (var line in Lines(view)) { Terminal.Line(line); }

                return 0;
            });
    }

    public static IEnumerable<string> Lines(AnswersView view)
    {
        yield return $"{view.Model} as of {Show.Time(view.AsOfMs)} ({view.AsOf})";
        foreach (var answer in view.Answers)
        {
            yield return "";
            yield return $"{answer.Number} {answer.Question}";
            yield return $"  {Mark(answer.Verdict)} {answer.Sentence}";
            foreach (var evidence in answer.Evidence.Take(Evidence))
            {
                yield return $"      {evidence.Label}: {evidence.Value}{(evidence.AgeMs is { } age ? $" ({Age(age)} before)" : "")}{(evidence.Digest is { } digest ? $" {Show.Digest(digest)}" : "")}";
            }

            if (answer.Evidence.Count > Evidence) { yield return $"      and {answer.Evidence.Count - Evidence} more"; }
        }

        yield return "";
        yield return $"sealed {view.Digest}";
    }

    // Shape and word, as on the pages.
    private static string Mark(AnswerVerdict verdict) => verdict switch
    {
        AnswerVerdict.Yes => "✓ yes:",
        AnswerVerdict.No => "✕ no:",
        AnswerVerdict.Attention => "! attention:",
        _ => "? unknown:",
    };

    private static string Age(long ms) => TimeSpan.FromMilliseconds(ms) switch
    {
        { TotalMinutes: < 1 } age => $"{age.TotalSeconds:0} s",
        { TotalHours: < 1 } age => $"{age.TotalMinutes:0} min",
        { TotalDays: < 1 } age => $"{age.TotalHours:0} h",
        var age => $"{age.TotalDays:0} d",
    };
}
