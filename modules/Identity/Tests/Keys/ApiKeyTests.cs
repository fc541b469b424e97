using System.Text;
using Slipway.Identity.Keys;

namespace Slipway.Identity.Tests.Keys;

public sealed class ApiKeyTests
{
    [Fact]
    public void The_crc_is_that_of_the_catalogue()
    {
        // Check value of CRC-32/ISO-HDLC in the catalogue of parametrised CRC algorithms.
        Assert.Equal(0xCBF43926u, Crc32.Of("123456789"u8));
    }

    [Fact]
    public void A_key_reads_back_as_it_was_written()
    {
        var key = ApiKey.Create("live");

        Assert.Matches("^sw_live_[0-9A-Za-z]{8}_[0-9A-Za-z]{43}_[0-9A-Za-z]{6}$", key.ToString());
        Assert.Equal(key, ApiKey.Parse(key.ToString()));
        Assert.Equal(32, key.SecretHash.Length);
        Assert.True(ApiKey.IsMeant(key.ToString()));
    }

    [Fact]
    public void Every_single_wrong_character_is_found_without_a_look_up()
    {
        var text = ApiKey.Create("test").ToString();

        for (var i = 0; i < text.Length; i++)
        {
            var wrong = new StringBuilder(text) { [i] = text[i] == 'x' ? 'y' : 'x' }.ToString();
            Assert.True(ApiKey.Parse(wrong) is null, $"position {i} of {text}");
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("sw_")]
    [InlineData("sw____")]
    [InlineData("sw_live_short_secret_crc")]
    [InlineData("sk_live_AAAAAAAA_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA_000000")]
    [InlineData("sw_live_AAAAAAAA_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA_000000")]
    [InlineData("sw_li'e_AAAAAAAA_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA_000000")]
    public void What_is_no_key_is_refused(string text) => Assert.Null(ApiKey.Parse(text));
}
