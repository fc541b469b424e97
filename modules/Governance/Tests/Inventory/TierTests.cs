using Slipway.Governance.Contracts;
using Slipway.Governance.Inventory;

namespace Slipway.Governance.Tests.Inventory;

public sealed class TierTests
{
    // Geometric means worked out by hand: √25 = 5, √12 = 3.464, ∛64 = 4, √6 = 2.449, ⁴√(3·3·2·1) = 2.060, √2 = 1.414, ∛1 = 1.
    [Theory]
    [InlineData(1, 5, new[] { 5, 5 })]
    [InlineData(2, 3.464, new[] { 4, 3 })]
    [InlineData(1, 4, new[] { 4, 4, 4 })]
    [InlineData(3, 2.449, new[] { 3, 2 })]
    [InlineData(3, 2.06, new[] { 3, 3, 2, 1 })]
    [InlineData(4, 1.414, new[] { 2, 1 })]
    [InlineData(4, 1, new[] { 1, 1, 1 })]
    public void The_tier_follows_from_the_geometric_mean_of_the_scores(int tier, double score, int[] scores)
    {
        var factors = scores.Select((one, i) => (Name: $"f{i}", Factor: new TierFactor(one, "because"))).ToDictionary(one => one.Name, one => one.Factor);

        var found = Tier.Of(factors);

        Assert.Equal((tier, score), (found.Number, found.Score));
        Assert.EndsWith($"it is tier {tier}.", found.Reason(factors), StringComparison.Ordinal);
    }

    [Fact]
    public void A_higher_score_never_makes_a_model_less_consequential()
    {
        for (var scores = 0; scores < 625; scores++)
        {
            int[] digits = [(scores % 5) + 1, (scores / 5 % 5) + 1, (scores / 25 % 5) + 1, (scores / 125) + 1];
            for (var place = 0; place < 4; place++)
            {
                if (digits[place] == 5) { continue; }

                int[] higher = [.. digits];
                higher[place]++;
                Assert.True(Of(higher).Number <= Of(digits).Number, string.Join(' ', digits));
            }
        }
    }

    private static Tier Of(int[] scores) => Tier.Of(scores.Select((score, i) => (Name: $"f{i}", Factor: new TierFactor(score, "because"))).ToDictionary(one => one.Name, one => one.Factor));
}
