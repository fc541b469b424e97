using System.ComponentModel.DataAnnotations;

namespace Slipway.Identity;

/// <summary>Settings of this module, under <c>identity</c>.</summary>
internal sealed class IdentityOptions
{
    /// <summary>A browser session ends after so many minutes without a request. Default 480 (8 h); 5 to 43,200.</summary>
    [Range(5, 43_200, ErrorMessage = "identity: session-idle-minutes may be {1} to {2}.")]
    public int SessionIdleMinutes { get; set; } = 480;

    /// <summary>A browser session ends so many hours after sign-in, however busy. Default 168 (7 days); 1 to 2,160.</summary>
    [Range(1, 2_160, ErrorMessage = "identity: session-hours may be {1} to {2}.")]
    public int SessionHours { get; set; } = 168;

    /// <summary>Second part of API keys, so that those of a test server are told from the others'. Default <c>live</c>; 1 to 12 lower-case letters or digits.</summary>
    [Required, RegularExpression("^[a-z0-9]{1,12}$", ErrorMessage = "identity: key-environment has 1 to 12 lower-case letters or digits.")]
    public string KeyEnvironment { get; set; } = "live";
}
