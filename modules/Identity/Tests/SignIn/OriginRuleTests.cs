using Slipway.Identity.SignIn;

namespace Slipway.Identity.Tests.SignIn;

/// <summary>Class H5 of the attack suite, as a table.</summary>
public sealed class OriginRuleTests
{
    private const string Own = "http://127.0.0.1:8080";

    [Theory]
    // A browser on our own pages.
    [InlineData("POST", Own, "same-origin", "application/json", true, true)]
    [InlineData("POST", "HTTP://127.0.0.1:8080", "", "application/json", true, true)]
    [InlineData("POST", "https://slipway.example", "", "application/json", true, true)]
    [InlineData("POST", null, "same-origin", "application/json", true, true)]
    [InlineData("GET", null, "", null, true, true)]
    [InlineData("GET", null, "cross-site", null, true, true)]
    // A browser on a page of somebody else.
    [InlineData("POST", "https://evil.example", "cross-site", "application/json", true, false)]
    [InlineData("POST", "null", "", "application/json", true, false)]
    [InlineData("POST", "", "", "application/json", true, false)]
    [InlineData("POST", "http://127.0.0.1:8081", "", "application/json", true, false)]
    [InlineData("POST", "https://127.0.0.1:8080", "", "application/json", true, false)]
    [InlineData("POST", "http://127.0.0.1:8080.evil.example", "", "application/json", true, false)]
    [InlineData("POST", "http://127.0.0.1:8080,http://evil.example", "", "application/json", true, false)]
    [InlineData("DELETE", "https://evil.example", "", null, false, false)]
    [InlineData("GET", "https://evil.example", "", null, true, false)]
    [InlineData("GET", "https://evil.example", "", null, false, false)]
    [InlineData("POST", null, "cross-site", "application/json", true, false)]
    [InlineData("POST", null, "same-site", "application/json", false, false)]
    [InlineData("POST", null, "none", "application/json", false, false)]
    // A cookie comes from a browser, which says its origin.
    [InlineData("POST", null, "", "application/json", true, false)]
    [InlineData("DELETE", null, "", null, true, false)]
    // Programs at the machine.
    [InlineData("POST", null, "", "application/json", false, true)]
    [InlineData("PUT", null, "", "application/octet-stream", false, true)]
    [InlineData("DELETE", null, "", null, false, true)]
    [InlineData("POST", null, "", null, false, true)]
    [InlineData("POST", null, "", "text/plain", false, false)]
    [InlineData("POST", null, "", "Text/Plain; charset=utf-8", false, false)]
    [InlineData("POST", null, "", "application/x-www-form-urlencoded", false, false)]
    [InlineData("POST", null, "", "multipart/form-data; boundary=x", false, false)]
    public void Only_pages_of_this_server_use_what_browsers_send_by_themselves(string method, string? origin, string site, string? contentType, bool cookie, bool allowed)
    {
        var fault = OriginRule.Fault(new RequestOrigin(method, origin, site, contentType, cookie, [Own, "https://slipway.example"]));

        Assert.Equal(allowed, fault is null);
    }
}
