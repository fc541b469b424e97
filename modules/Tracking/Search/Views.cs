using Slipway.Kernel;
using Slipway.Tracking.Contracts;

namespace Slipway.Tracking.Search;

/// <summary>The <c>view</c> of native lists.</summary>
internal static class Views
{
    /// <param name="view">Null = active.</param>
    public static Result<LifecycleView> Parse(string? view) => view switch
    {
        null or "active" => LifecycleView.Active,
        "deleted" => LifecycleView.Deleted,
        "all" => LifecycleView.All,
        _ => Problem.Invalid("view", $"'view' is '{view}'; it must be active, deleted or all."),
    };
}
