using Slipway.Kernel.Mlflow;
using Slipway.Tracking.Runs;

namespace Slipway.Tracking.Tests;

public sealed class KeyRulesTests
{
    [Theory]
    [InlineData("loss"), InlineData("val/loss"), InlineData("a/b:c d.e-f"), InlineData("précision"), InlineData("学習率"), InlineData("_x"), InlineData("a..b"), InlineData("x²")]
    public void Names_of_words_and_paths_may_be_used(string key) => Assert.Null(KeyRules.Fault(key, "key"));

    [Theory]
    [InlineData("a#b", "Names may only contain")]
    [InlineData("a;b", "Names may only contain")]
    [InlineData("a$b", "Names may only contain")]
    [InlineData("a\nb", "Names may only contain")]
    [InlineData("<script>", "Names may only contain")]
    [InlineData("a\\b", "Names may only contain")]
    [InlineData(".", "This name would resolve to '.'")]
    [InlineData("..", "This name would resolve to '..'")]
    [InlineData("../x", "This name would resolve to '../x'")]
    [InlineData("/x", "This name would resolve to '/x'")]
    [InlineData("a//b", "This name would resolve to 'a/b'")]
    [InlineData("a/./b", "This name would resolve to 'a/b'")]
    [InlineData("a/../b", "This name would resolve to 'b'")]
    [InlineData("a/", "This name would resolve to 'a'")]
    public void A_fault_says_which_value_and_why(string key, string why)
    {
        var fault = KeyRules.Fault(key, "key");

        Assert.Contains($"Invalid value \"{key}\" for parameter 'key'", fault, StringComparison.Ordinal);
        Assert.Contains(why, fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Long_values_are_cut_and_never_inside_a_character()
    {
        Assert.Equal("abc", KeyRules.Cut("abcdef", 3));
        Assert.Equal("ab", KeyRules.Cut("ab😀", 3));
        Assert.Equal("ab😀", KeyRules.Cut("ab😀", 4));
    }

    [Fact]
    public void Made_up_run_names_are_short_and_differ()
    {
        var random = new Random(1);
        var names = Enumerable.Range(0, 1_000).Select(_ => RunNames.FromSeed((ulong)random.NextInt64())).ToList();

        Assert.All(names, name => Assert.Matches("^[a-z]+-[a-z]+-[0-9]{1,3}$", name));
        Assert.All(names, name => Assert.InRange(name.Length, 5, 20));
        Assert.InRange(names.Distinct().Count(), 990, 1_000);
    }
}
