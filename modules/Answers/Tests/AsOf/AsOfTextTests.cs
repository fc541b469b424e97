using Slipway.Answers.AsOf;

namespace Slipway.Answers.Tests.AsOf;

public sealed class AsOfTextTests
{
    [Fact]
    public void A_moment_is_milliseconds_a_date_or_a_position()
    {
        const long Two = 1_795_269_720_000;

        Assert.Equal(new Asked.Now(), AsOfText.Parse(null).Value);
        Assert.Equal(new Asked.Now(), AsOfText.Parse(" ").Value);
        foreach (var text in (string[])["1795269720000", "2026-11-21T14:02Z", "2026-11-21T14:02:00", "2026-11-21T15:02:00+01:00", "2026-11-21T15:02:00 01:00", "2026-11-21T14:02:00.0000Z"])
        {
            Assert.Equal((text, new Asked.Time(Two)), (text, AsOfText.Parse(text).Value));
        }

        Assert.Equal(new Asked.Time(Two - (((14 * 60) + 2) * 60_000)), AsOfText.Parse("2026-11-21").Value);
        Assert.Equal(new Asked.At(57, null), AsOfText.Parse("position:57").Value);
        Assert.Equal(new Asked.At(57, Two), AsOfText.Parse(AsOfText.Of(new Moment(57, Two))).Value);
    }

    [Theory]
    [InlineData("yesterday"), InlineData("-1"), InlineData("position:"), InlineData("position:-1"), InlineData("position:1@"), InlineData("position:1@2@3"), InlineData("21.11.2026")]
    [InlineData("2026-13-01"), InlineData("99999999999999999999"), InlineData("1e9"), InlineData("253402300800000")]
    public void Anything_else_is_refused_with_what_would_be_right(string text)
    {
        var problem = AsOfText.Parse(text).Problem!;

        Assert.Equal((400, "asOf"), (problem.Status, problem.Field));
        Assert.Contains($"'{text}'", problem.Detail, StringComparison.Ordinal);
        Assert.Contains("position:57", problem.Detail, StringComparison.Ordinal);
    }
}
