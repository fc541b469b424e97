using System.Security.Cryptography;
using System.Text;
using Slipway.Serving.Endpoints;

namespace Slipway.Serving.Tests.Endpoints;

public sealed class SplitTests
{
    [Fact]
    public void The_bucket_is_the_first_eight_bytes_of_the_digest_modulo_ten_thousand()
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes("saltmortgageapplicant-17"));
        var expected = hash.Take(8).Aggregate(UInt128.Zero, (sum, one) => (sum * 256) + one) % 10_000;

        Assert.Equal((int)expected, Split.BucketOf("salt", "mortgage", "applicant-17"));
        Assert.InRange(Split.BucketOf("salt", "mortgage", new string('ü', 2_000)), 0, 9_999);
    }

    [Fact]
    public void Widening_a_share_flips_no_unit_back_and_shares_are_kept()
    {
        var random = new Random(7);
        for (var trial = 0; trial < 200; trial++)
        {
            var (salt, endpoint) = ($"salt-{random.Next()}", $"endpoint-{random.Next()}");
            var shares = Enumerable.Range(0, 5).Select(_ => random.NextDouble()).Order().Select(Split.Of).ToList();
            var buckets = Enumerable.Range(0, 2_000).Select(unit => Split.BucketOf(salt, endpoint, $"unit-{unit}")).ToList();
            for (var step = 1; step < shares.Count; step++)
            {
                Assert.All(buckets.Where(bucket => bucket < shares[step - 1]), bucket => Assert.True(bucket < shares[step]));
            }

            // Five standard errors of a share of 2,000 units.
            var share = shares[^1] / (double)Split.Buckets;
            Assert.InRange(buckets.Count(bucket => bucket < shares[^1]) / 2_000.0, share - (5 * Math.Sqrt(share * (1 - share) / 2_000)) - 1e-9, share + (5 * Math.Sqrt(share * (1 - share) / 2_000)) + 1e-9);
        }
    }

    [Theory]
    [InlineData(0.1, 1_000)]
    [InlineData(0.000_001, 1)]
    [InlineData(0.999_999, 9_999)]
    public void A_share_is_at_least_one_bucket_and_never_all(double share, int buckets) => Assert.Equal(buckets, Split.Of(share));
}
