namespace Slipway.Identity.Contracts;

/// <summary>What the sign-in page shows before anybody has signed in.</summary>
/// <param name="SetUpNeeded">True while nobody could sign in: the server's log has a set-up link.</param>
/// <param name="InsecureHttp">True when plain HTTP beyond loopback was allowed: pages say so.</param>
public sealed record SignInView(AuthMode Mode, bool SetUpNeeded, bool InsecureHttp);

public sealed record SignInRequest(string Name, string Password);

/// <summary>Uses a one-time link: that of the first start makes the first administrator, an invitation's sets a person's password.</summary>
/// <param name="Token">What stands behind <c>#token=</c> in the link.</param>
/// <param name="Password">12 to 256 characters.</param>
/// <param name="Name">Of the first administrator; absent for an invited person, who has a name already.</param>
/// <param name="DisplayName">As <paramref name="Name"/>; absent = the name.</param>
public sealed record SetUpRequest(string Token, string Password, string? Name = null, string? DisplayName = null);
