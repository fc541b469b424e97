using Microsoft.AspNetCore.Builder;

namespace Slipway.Kernel;

/// <summary>Who may call a route. Every endpoint carries exactly one of these; one without is refused to everybody.</summary>
public abstract record Access
{
    /// <summary>The caller needs this permission, in the workspace of the request.</summary>
    public sealed record With(Permission Permission) : Access;

    /// <summary>Any caller who has proved who they are; the handler decides the rest.</summary>
    public sealed record SignedIn : Access;

    /// <summary>Anybody: the few routes that work before sign-in. The reason is printed in the docs.</summary>
    public sealed record Open(string Reason) : Access;
}

public static class AccessExtensions
{
    public static TBuilder Needs<TBuilder>(this TBuilder route, Permission permission)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new Access.With(permission));

    public static TBuilder NeedsSignIn<TBuilder>(this TBuilder route)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new Access.SignedIn());

    public static TBuilder OpenToAll<TBuilder>(this TBuilder route, string reason)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new Access.Open(reason));
}
