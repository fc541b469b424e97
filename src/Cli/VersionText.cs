using Slipway.Registry.Contracts;

namespace Slipway.Cli;

/// <summary>A version of a model, with its card.</summary>
internal static class VersionText
{
    public static void Print(ModelVersionView view)
    {
        foreach (var line in Lines(view)) { Terminal.Line(line); }
    }

    public static IEnumerable<string> Lines(ModelVersionView view)
    {
        yield return $"{view.Model} version {view.Version}{(view.Aliases.Count > 0 ? $" ({string.Join(", ", view.Aliases)})" : "")}, registered {Show.Time(view.CreatedMs)} by {view.By}";
        foreach (var line in Digests(view.Digests)) { yield return line; }

        foreach (var section in view.Card.Sections)
        {
            yield return "";
            yield return section.Title;
            if (section.Text is { } text) { yield return $"  {text}"; }

            foreach (var figure in section.Figures) { yield return $"  {figure.Label}: {figure.Value}"; }

            if (section.Missing is { } missing) { yield return $"  not recorded: {missing}"; }
        }
    }

    private static IEnumerable<string> Digests(VersionDigests digests)
    {
        (string Name, string? Digest)[] all =
        [
            ("model", digests.Model), ("training data", digests.Data), ("code", digests.Code), ("environment", digests.Environment), ("training record", digests.Training),
            ("evaluation record", digests.Evaluation), ("dataset", digests.Source), ("contract", digests.Contract), ("profile", digests.Profile),
        ];
        return all.Where(one => one.Digest is not null).Select(one => $"  {one.Name,-17} {one.Digest}");
    }
}
