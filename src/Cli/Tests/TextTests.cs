using Slipway.Registry.Contracts;

namespace Slipway.Cli.Tests;

/// <summary>What is printed, without a server.</summary>
public sealed class TextTests
{
    [Fact]
    public void Columns_are_as_wide_as_their_widest_cell_and_figures_stand_at_the_right() => Assert.Equal(
        ["NAME    ROWS  BY", "a         12", "longer     3  ada"],
        TextTable.Lines(["NAME", "ROWS", "BY"], [["a", "12", null], ["longer", "3", "ada"]], 1));

    [Fact]
    public void Texts_of_others_cannot_send_control_codes_to_the_screen() => Assert.Equal("a?[2Jb\nc\td?", Terminal.Plain("a\u001b[2Jb\nc\td\u0090"));

    [Fact]
    public void A_version_is_shown_with_its_digests_and_its_card_and_says_what_is_not_recorded()
    {
        var card = new ModelCard([new("purpose", "Purpose", [new("Predicts", "late")], "Finds late payers."), new("fairness", "Fairness", [], Missing: "groups were not compared.")]);
        var view = new ModelVersionView("late", 3, 0, 0, "ada", ModelStage.None, ["champion"], new Dictionary<string, string>(), "runs:/1/model", new(Model: new string('a', 64)), [], [], [], card);

        Assert.Equal(
            [
                "late version 3 (champion), registered 1970-01-01 00:00 UTC by ada",
                $"  model             {new string('a', 64)}",
                "", "Purpose", "  Finds late payers.", "  Predicts: late",
                "", "Fairness", "  not recorded: groups were not compared.",
            ],
            VersionText.Lines(view));
    }
}
