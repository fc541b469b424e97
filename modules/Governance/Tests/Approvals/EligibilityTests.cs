using Slipway.Governance.Approvals;
using Slipway.Kernel;

namespace Slipway.Governance.Tests.Approvals;

public sealed class EligibilityTests
{
    private static readonly Parties People = new("ada", "olga", "vera");

    [Theory]
    [InlineData("ann", PrincipalKind.Person, null)]
    [InlineData("local-owner", PrincipalKind.LocalOwner, null)]
    [InlineData("ada", PrincipalKind.Person, "registered the version")]
    [InlineData("olga", PrincipalKind.Person, "owns the model")]
    [InlineData("vera", PrincipalKind.Person, "asked for this approval")]
    [InlineData("ben", PrincipalKind.Person, "has signed already")]
    [InlineData("robot", PrincipalKind.ServiceAccount, "is a service account")]
    [InlineData("system:job", PrincipalKind.System, "The server itself signs nothing")]
    public void Whoever_is_not_independent_or_no_person_does_not_sign(string who, PrincipalKind kind, string? expected)
    {
        var fault = Eligibility.Fault(new Caller(who, who, kind, []), who, People, ["ben"], serviceAccounts: false);

        if (expected is null) { Assert.Null(fault); }
        else { Assert.Contains(expected, fault, StringComparison.Ordinal); }
    }

    [Theory]
    [InlineData("ann", null)]
    [InlineData("ada", "registered the version")]
    [InlineData("olga", "owns the model")]
    [InlineData("vera", "asked for this approval")]
    [InlineData("ben", "has signed already")]
    public void A_service_account_that_may_sign_stands_for_its_owner(string owner, string? expected)
    {
        var fault = Eligibility.Fault(new Caller("robot", "robot", PrincipalKind.ServiceAccount, []), owner, People, ["ben"], serviceAccounts: true);

        if (expected is null) { Assert.Null(fault); }
        else { Assert.Contains(expected, fault, StringComparison.Ordinal); }
    }

    [Fact]
    public void Nobody_signs_on_behalf_of_another() =>
        Assert.Contains("one's own", Eligibility.Fault(new Caller("ann", "ann", PrincipalKind.Person, []) { ActingAs = "ben" }, "ann", People, [], serviceAccounts: true), StringComparison.Ordinal);
}
