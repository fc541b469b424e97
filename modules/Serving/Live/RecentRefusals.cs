using Slipway.Kernel;
using Slipway.Serving.Contracts;

namespace Slipway.Serving.Live;

/// <summary>The newest requests to one endpoint that this process refused or failed to answer. In memory only: nothing of them is logged. Thread safe.</summary>
internal sealed class RecentRefusals
{
    public const int Kept = 50;
    private const int MostChars = 500;
    private readonly Lock _gate = new();
    private readonly Queue<RefusalView> _kept = new(Kept);

    public void Add(Problem problem, long atMs)
    {
        var refusal = new RefusalView(atMs, problem.Status, problem.Code, problem.Detail.Length > MostChars ? problem.Detail[..MostChars] + "…" : problem.Detail);
        lock (_gate)
        {
            if (_kept.Count == Kept) { _kept.Dequeue(); }

            _kept.Enqueue(refusal);
        }
    }

    /// <summary>Newest first.</summary>
    public IReadOnlyList<RefusalView> Newest()
    {
        lock (_gate) { return [.. _kept.Reverse()]; }
    }
}
