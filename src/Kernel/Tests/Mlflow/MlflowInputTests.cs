using System.Text;
using Slipway.Kernel.Mlflow;

namespace Slipway.Kernel.Tests.Mlflow;

public sealed class MlflowInputTests
{
    [Theory]
    [InlineData("7", 7L)]
    [InlineData("\"-7\"", -7L)]
    [InlineData("1e3", 1_000L)]
    [InlineData("\"1700000000000.0\"", 1_700_000_000_000L)]
    [InlineData("9223372036854775807", long.MaxValue)]
    [InlineData("\"-9223372036854775808\"", long.MinValue)]
    [InlineData("9223372036854775807.0", long.MaxValue)]
    [InlineData("null", null)]
    public void An_integer_is_read_to_its_last_digit(string json, long? value)
    {
        var input = Of($$"""{"step":{{json}}}""");

        Assert.Equal((value, null), (input.Integer("step"), input.Problem));
    }

    [Theory]
    [InlineData("9223372036854775808", "Invalid value 9223372036854775808 for parameter 'step' supplied: it must be from -9223372036854775808 to 9223372036854775807,")]
    [InlineData("\"9223372036854775808\"", "Invalid value \"9223372036854775808\" for parameter 'step'")]
    [InlineData("-9223372036854775809", "Invalid value -9223372036854775809 for parameter 'step' supplied: it must be from")]
    [InlineData("1e19", "Invalid value 1e19 for parameter 'step' supplied: it must be from")]
    [InlineData("1e999", "Invalid value 1e999 for parameter 'step' supplied: it must be from")]
    [InlineData("1.5", "Hint: Value was of type 'float'")]
    [InlineData("1e-30", "Hint: Value was of type 'float'")]
    [InlineData("4503599627370497.5", "Hint: Value was of type 'float'")]
    [InlineData("\"Infinity\"", "Hint: Value was of type 'str'")]
    [InlineData("\"NaN\"", "Hint: Value was of type 'str'")]
    [InlineData("\"x\"", "Hint: Value was of type 'str'")]
    public void What_is_no_integer_of_64_bits_is_refused_and_never_cut(string json, string message)
    {
        var input = Of($$"""{"step":{{json}}}""");

        Assert.Null(input.Integer("step"));
        Assert.Equal("step", input.Problem!.Field);
        Assert.Contains(message, input.Problem.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \r\n")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("\"{}\"")]
    [InlineData("{\"value\":NaN}")]
    public void An_empty_body_asks_for_nothing(string body) => Assert.Null(Of(body).Problem);

    [Theory]
    [InlineData("experiment_ids=1", "The request body is not JSON: it cannot be read from line 1, byte 1 on.")]
    [InlineData("{\"a\": 1,\n b}", "from line 2, byte 2 on.")]
    [InlineData("{} {}", "from line 1, byte 4 on.")]
    [InlineData("{", "is not JSON")]
    [InlineData("\"text\"", "is not JSON")]
    public void A_body_that_is_no_JSON_is_a_fault_after_what_is_missing_in_it(string body, string message)
    {
        var input = Of(body);

        Assert.Contains(message, input.Problem!.Detail, StringComparison.Ordinal);
        input.Required("name");
        Assert.StartsWith("Missing value for required parameter 'name'", input.Problem.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"name\":\"a\\ud800b\"}", "half a character in the text at byte 9:")]
    [InlineData("{\"\\udc00\":1,\"value\":NaN}", "half a character in the text at byte 2:")]
    [InlineData("\"{\\\"name\\\":\\\"\\\\ud800\\\"}\"", "half a character in the text at byte 9:")]
    [InlineData("\"\\ud800\"", "half a character in the text at byte 1:")]
    public void Half_a_character_is_a_fault_and_not_a_failure(string body, string message) =>
        Assert.Contains(message, MlflowInput.FromBody(Encoding.UTF8.GetBytes(body)).Problem!.Detail, StringComparison.Ordinal);

    [Fact]
    public void Bytes_that_are_no_UTF_8_are_a_fault_and_whole_pairs_are_text()
    {
        Assert.Equal("The request body is not UTF-8.", MlflowInput.FromBody([.. "{\"name\":\""u8, 0xFF, .. "\"}"u8]).Problem!.Detail);
        Assert.Equal("\U0001F600", Of("{\"name\":\"\\ud83d\\ude00\"}").Required("name"));
    }

    private static MlflowInput Of(string body) => MlflowInput.FromBody(Encoding.UTF8.GetBytes(body)).Value;
}
