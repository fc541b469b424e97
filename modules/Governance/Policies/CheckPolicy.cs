using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Governance.Contracts;
using Slipway.Kernel;

namespace Slipway.Governance.Policies;

/// <summary>Reads a text as a policy and runs its tests, without setting it.</summary>
internal static class CheckPolicy
{
    public static void Map(RouteGroupBuilder policy) => policy
        .MapPost("/check", (PolicyRequest body, Caller caller) => Handle(caller, body.Text).ToHttp())
        .Needs(Permissions.PolicyCheck).WithName(nameof(CheckPolicy)).WithSummary("Reads a text as a policy and runs its tests, without setting it: every fault by line, or the outcome of each test.")
        .Produces<PolicyCheckView>().ProducesProblem(400);

    public static Result<PolicyCheckView> Handle(Caller caller, string text)
    {
        if (caller.Lacks(Permissions.PolicyCheck) is { } denied) { return denied; }

        return PolicyReader.TooLong(text) is { } tooLong ? tooLong : Of(text).View;
    }

    /// <summary>What the text is worth, and the policy when it has no faults.</summary>
    public static (PolicyCheckView View, PolicyDefinition? Policy) Of(string text)
    {
        var faults = new List<PolicyFaultView>();
        var policy = PolicyReader.Read(text, faults);
        var tests = policy is null ? [] : RunTests.Of(policy);
        return (new PolicyCheckView(policy is not null && tests.All(test => test.Passed), PolicyReader.DigestOf(text), [.. faults.OrderBy(fault => fault.Line ?? 0)], tests), policy);
    }
}
