using Microsoft.Extensions.Logging;
using Slipway.Kernel;

namespace Slipway.Monitoring.Folding;

/// <summary>Looks at the prediction log of every endpoint several times a second, and folds what is new. One replica at a time has an endpoint.</summary>
internal sealed partial class FoldJob(FoldServices house, ILogger<FoldJob> log) : RoundsService
{
    private const int Page = 500;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(5);
    private readonly string _holder = Ids.New(house.Clock);
    private readonly Dictionary<(string, string), EndpointFold> _folds = [];
    private readonly Dictionary<(string, string), DateTimeOffset> _again = [];

    /// <summary>One look at every endpoint; true when there may be more.</summary>
    public async Task<bool> Step(CancellationToken ct)
    {
        var (more, workspace, endpoint) = (false, "", "");
        while (true)
        {
            var page = await house.Db.Read(tx => EndpointStore.All(tx, workspace, endpoint, Page), ct);
            foreach (var known in page) { more |= await Fold(known, ct); }

            if (page.Count < Page) { return more; }

            (workspace, endpoint) = (page[^1].Workspace, page[^1].Endpoint);
        }
    }

    protected override async Task Round(CancellationToken ct)
    {
        if (!await Step(ct)) { await Task.Delay(Pause, house.Clock, ct); }
    }

    private async Task<bool> Fold(WatchedEndpoint known, CancellationToken ct)
    {
        var key = (known.Workspace, known.Endpoint);
        if (_again.TryGetValue(key, out var again) && house.Clock.GetUtcNow() < again) { return false; }

        if (!_folds.TryGetValue(key, out var fold)) { _folds[key] = fold = new EndpointFold(house, known.Workspace, known.Endpoint, _holder); }

        try { return await fold.Step(known, ct); }
        catch (OperationCanceledException) when (ct.IsCancellationRequested) { throw; }
#pragma warning disable CA1031 // one endpoint's trouble must not hold up the others; its fold begins again from what is stored
        catch (Exception error)
#pragma warning restore CA1031
        {
            NotFolded(known.Endpoint, known.Workspace, error);
            _folds.Remove(key);
            _again[key] = house.Clock.GetUtcNow() + AfterFailure;
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Predictions of endpoint {Endpoint} in workspace {Workspace} could not be folded; trying again")]
    private partial void NotFolded(string endpoint, string workspace, Exception error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Endpoints could not be looked at; trying again in a second")]
    protected override partial void Failed(Exception error);
}
