using Slipway.Registry.Models;

namespace Slipway.Registry.Tests.Models;

public sealed class ModelNamesTests
{
    [Theory]
    [InlineData("scorecard"), InlineData("mortgage scorecard 2"), InlineData("100%"), InlineData("a%2Fb"), InlineData("näme"), InlineData("学習"), InlineData("it's"), InlineData("a..b"), InlineData("~")]
    public void Names_are_data(string name) => Assert.Null(ModelNames.Fault(name));

    [Theory]
    [InlineData("", "Missing value for required parameter 'name'")]
    [InlineData("team/model", "Names cannot contain '/' or ':'")]
    [InlineData("team:model", "Names cannot contain '/' or ':'")]
    [InlineData("a\nb", "'a\\u000ab'. Names cannot contain control characters")]
    [InlineData("a\u0000b", "Names cannot contain control characters")]
    [InlineData("a\u0085b", "Names cannot contain control characters")]
    [InlineData(".", "must not resolve to other names")]
    [InlineData("..", "must not resolve to other names")]
    [InlineData("..\\x", "must not resolve to other names")]
    public void A_fault_says_which_value_and_why(string name, string why) => Assert.Contains(why, ModelNames.Fault(name)!.Detail, StringComparison.Ordinal);

    [Fact]
    public void A_name_has_at_most_256_characters()
    {
        Assert.Null(ModelNames.Fault(new string('a', 256)));
        Assert.Contains("256 characters", ModelNames.Fault(new string('a', 257))!.Detail, StringComparison.Ordinal);
    }
}
