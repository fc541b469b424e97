using Slipway.Webhooks.Deliveries;

namespace Slipway.Webhooks.Tests.Deliveries;

public sealed class BackoffTests
{
    [Fact]
    public void Each_wait_is_four_times_as_long_up_to_six_hours()
    {
        Assert.Equal([10, 40, 160, 640, 2_560, 10_240, 21_600, 21_600], Enumerable.Range(1, 8).Select(attempt => Backoff.WaitMs(attempt, 10, null) / 1_000));
        Assert.Equal(21_600_000, Backoff.WaitMs(1_000_000, 3_600, null));
    }

    [Theory]
    [InlineData(1, 30, 30)]
    [InlineData(3, 30, 160)]
    [InlineData(1, 999_999, 21_600)]
    public void A_receiver_may_ask_for_a_longer_wait(int attempt, int asked, int seconds) => Assert.Equal(seconds * 1_000, Backoff.WaitMs(attempt, 10, asked));

    [Fact]
    public void Only_what_may_pass_is_tried_again()
    {
        Assert.All((int?[])[null, 408, 429, 500, 502, 503, 504, 599], status => Assert.True(Backoff.Helps(status)));
        Assert.All((int?[])[301, 302, 400, 401, 403, 404, 410, 413, 422], status => Assert.False(Backoff.Helps(status)));
    }

    [Fact]
    public void A_signature_is_the_one_that_receivers_compute() =>
        // openssl dgst -sha256 -hmac s3cr3t -binary | base64, over the text 1.2.{}
        Assert.Equal("v1,eiTwY3C5lXcZnpor7Okqk6XIVD7Ls8dfXhe9ZjtTto0=", Signature.Sign("s3cr3t", "1", "2", "{}"));
}
