using Microsoft.Extensions.Logging;
using Slipway.Governance.Ports;
using Slipway.Kernel;
using Slipway.Monitoring.Alerts;
using Slipway.Monitoring.Definitions;
using Slipway.Monitoring.References;
using Slipway.Monitoring.Windows;
using Slipway.Serving.Ports;

namespace Slipway.Monitoring.Folding;

/// <summary>What a fold needs of the rest of the house.</summary>
internal sealed record FoldServices(
    Db Db, IPredictionLog Log, IEndpoints Endpoints, IApprovals Approvals, References.References References, Evidence Evidence, FoldWriter Writer, MonitoringMetrics Metrics, LiveHub Live, TimeProvider Clock,
    ILogger<EndpointFold> Logger);

/// <summary>
/// Folds the predictions of one endpoint into windows. What is in memory is only ahead of what is stored: position, open windows and findings are written in one transaction, which fails
/// when somebody else has written since. So after any end of the process each prediction is in exactly one window. Not thread safe; thrown away after a failure.
/// </summary>
/// <param name="holder">Of the lease: this process.</param>
internal sealed partial class EndpointFold(FoldServices house, string workspace, string endpoint, string holder)
{
    private const int Batch = 5_000;
    private const long LeaseMs = 15_000;
    private const long CheckpointEveryMs = 3_000;
    private const long LookEveryMs = 1_000;
    private const long LookWhenIdleMs = 5_000;
    private const long LateMs = 3_000;
    private const long NotRead = -1;

    private readonly Dictionary<string, DeploymentFold> _deployments = new(StringComparer.Ordinal);
    private readonly Dictionary<long, ApprovedConditions?> _conditions = [];
    private MonitorDefinition _definition = MonitorDefinition.BuiltIn;
    private EndpointState? _state;
    private string _model = "";
    private IReadOnlyDictionary<string, long>? _logs;
    private string? _logId;
    private long _position, _cursor, _cursorOf = NotRead, _revision = NotRead, _leaseUntilMs, _lookedMs, _storedMs, _folded;
    private bool _ahead;

    /// <summary>Reads on from where the endpoint is; true when there may be more.</summary>
    /// <param name="known">As stored.</param>
    public async Task<bool> Step(WatchedEndpoint known, CancellationToken ct)
    {
        var now = house.Clock.NowMs();
        if (known.Revision != _revision) { _revision = NotRead; }

        var from = _revision == NotRead ? await Cursor(known, ct) : _position;
        var batch = await house.Log.Read(workspace, endpoint, from, Batch, ct);
        if (batch.Predictions.Count == 0 && !await IsDue(now, ct)) { return false; }

        if (!await Own(now, ct)) { return false; }

        // Somebody else has folded meanwhile.
        if (_position != from) { return true; }

        await Look(now, LookEveryMs, ct);
        var outcome = await Fold(batch, now, ct);
        _ahead |= batch.Predictions.Count > 0;
        _folded += batch.Predictions.Count;
        if (!outcome.IsEmpty || (_ahead && now - _storedMs >= CheckpointEveryMs)) { await Store(outcome, now, ct); }

        return batch.Predictions.Count == Batch;
    }

    /// <summary>Whether there is something to do without new predictions.</summary>
    private async Task<bool> IsDue(long now, CancellationToken ct)
    {
        if (_revision == NotRead || _deployments.Count == 0) { return false; }

        if (_ahead && now - _storedMs >= CheckpointEveryMs) { return true; }

        if (_deployments.Values.All(deployment => deployment.Open is null)) { return false; }

        await Look(now, LookWhenIdleMs, ct);
        return _deployments.Values.Any(deployment => IsOver(deployment, now));
    }

    private bool IsOver(DeploymentFold deployment, long now) =>
        deployment.Open is { } open && (now >= open.FromMs + MaximumAgeMs || (IsGone(deployment) && now >= deployment.LastMs + LateMs));

    private long MaximumAgeMs => _definition.Settings.WindowMaximumAgeSeconds * 1_000;

    private bool IsGone(DeploymentFold deployment) => _state?.Deployments.Any(one => one.DeploymentId == deployment.DeploymentId) != true;

    /// <summary>Takes or renews the lease, and reads what is stored when this is not what this process has stored.</summary>
    private async Task<bool> Own(long now, CancellationToken ct)
    {
        if (_revision != NotRead && now < _leaseUntilMs - (LeaseMs / 3)) { return true; }

        var stored = await house.Db.Write(
            tx => Leases.TryTake(tx, $"monitoring.fold/{workspace}/{endpoint}", holder, LeaseMs) ? EndpointStore.Find(tx, workspace, endpoint) : null, ct);
        if (stored is not { } found) { return false; }

        _leaseUntilMs = now + LeaseMs;
        if (found.Endpoint.Revision == _revision) { return true; }

        (_logs, _position) = (found.State.Logs, Cursor(found.Endpoint, found.State));
        (_revision, _model, _storedMs, _ahead) = (found.Endpoint.Revision, found.Endpoint.Model, now, false);
        _deployments.Clear();
        foreach (var deployment in found.State.Deployments) { await Add(deployment, ct); }

        return true;
    }

    // Read once per change by somebody else: an endpoint that another process folds costs no more than a look at the log here.
    private async Task<long> Cursor(WatchedEndpoint known, CancellationToken ct)
    {
        if (_cursorOf == known.Revision && house.Log.Place(workspace, endpoint)?.LogId == _logId) { return _cursor; }

        if (await house.Db.Read(tx => EndpointStore.Find(tx, workspace, endpoint), ct) is not { } found) { return known.Position; }

        return Cursor(found.Endpoint, found.State);
    }

    private long Cursor(WatchedEndpoint stored, FoldState state)
    {
        var here = house.Log.Place(workspace, endpoint);
        if (_cursorOf == stored.Revision && here?.LogId == _logId) { return _cursor; }

        (_cursor, var moved) = LogCursor.Find(state.Logs, stored.Position, here);
        (_cursorOf, _logId) = (stored.Revision, here?.LogId);
        if (moved is not null) { Moved(house.Logger, endpoint, workspace, _cursor, moved); }

        return _cursor;
    }

    /// <summary>Reads the definition, the deployments and their conditions, when that was not done for a while.</summary>
    private async Task Look(long now, long everyMs, CancellationToken ct)
    {
        if (now >= _lookedMs && now - _lookedMs < everyMs) { return; }

        (_state, var version, var conditions) = await house.Db.Read(tx =>
        {
            var state = house.Endpoints.FindForServer(tx, workspace, endpoint);
            var approved = state?.Deployments.Select(one => one.Version).Distinct()
                .ToDictionary(one => one, one => house.Approvals.StateOf(tx, workspace, state.Model, one).Conditions) ?? [];
            return (state, DefinitionStore.VersionInForce(tx, workspace, endpoint), approved);
        }, ct);
        if (version != _definition.Version) { _definition = await house.Db.Read(tx => DefinitionStore.InForce(tx, workspace, endpoint), ct); }

        // What was approved of a version stays known while its last predictions are looked at.
        foreach (var (one, approved) in conditions) { _conditions[one] = approved; }

        _model = _state?.Model ?? _model;
        _lookedMs = now;
    }

    private async Task<FoldOutcome> Fold(PredictionBatch batch, long now, CancellationToken ct)
    {
        var outcome = new FoldOutcome();
        _position = batch.Next;
        foreach (var prediction in batch.Predictions)
        {
            var deployment = _deployments.GetValueOrDefault(prediction.DeploymentId) ?? await New(prediction, now, ct);
            if (deployment.CloseBefore(prediction, MaximumAgeMs) is { } aged) { await Judge(outcome, deployment, aged, now, ct); }

            if (deployment.Add(prediction, _definition.Settings.WindowPredictions) is { } full) { await Judge(outcome, deployment, full, now, ct); }
        }

        foreach (var deployment in _deployments.Values)
        {
            await JudgeBands(outcome, deployment, ct);
            if (batch.Predictions.Count < Batch && IsOver(deployment, now) && deployment.Close() is { } over) { await Judge(outcome, deployment, over, now, ct); }
        }

        // A full batch means that more of it may follow.
        bool IsForgotten(DeploymentFold deployment) => batch.Predictions.Count < Batch && deployment.Open is null && IsGone(deployment) && now >= deployment.LastMs + (10 * LateMs);
        foreach (var gone in _deployments.Values.Where(IsForgotten).ToList()) { _deployments.Remove(gone.DeploymentId); }

        return outcome;
    }

    private async Task Judge(FoldOutcome outcome, DeploymentFold deployment, WindowState window, long now, CancellationToken ct)
    {
        await JudgeBands(outcome, deployment, ct);
        var context = Context(deployment);
        var view = WindowJudge.Judge(Ids.New(house.Clock), deployment, window, deployment.Reference, context, deployment.Envelopes, now);
        view = view with { Window = view.Window with { Digest = await house.Evidence.Put(view, ct) } };
        var (_, decisions) = WindowJudge.Decisions(window, view.Window.Shares, _definition.Settings);
        outcome.Windows.Add(new JudgedWindow(view, window, decisions, [.. context.Bands().Select(band => band.Decision)], deployment.Role == DeploymentRole.Shadow, ReactionsTo(Alert.Drift)));
    }

    private async Task JudgeBands(FoldOutcome outcome, DeploymentFold deployment, CancellationToken ct)
    {
        var alpha = _definition.Settings.EnvelopeAlpha;
        foreach (var (band, test) in deployment.Judge(Context(deployment).Bands(), alpha))
        {
            var (predictions, decisions) = DeploymentFold.Telling(test);
            var evidence = new BandEvidence(
                endpoint, _model, deployment.Version, deployment.DeploymentId, band.Decision, band.Low, band.High, band.Approved, (double)decisions / predictions, decisions, predictions,
                test.LogEvidence, alpha, deployment.LastMs, _position);
            outcome.Broken.Add(new BrokenBand(evidence, await house.Evidence.Put(evidence, ct), deployment.Role == DeploymentRole.Shadow, ReactionsTo(Alert.Envelope)));
        }
    }

    private JudgeContext Context(DeploymentFold deployment) => new(endpoint, _model, _definition, _conditions.GetValueOrDefault(deployment.Version));

    private IReadOnlyList<string> ReactionsTo(string cause) => _definition.Settings.Reactions.GetValueOrDefault(cause) ?? [];

    private async Task<DeploymentFold> New(Prediction first, long now, CancellationToken ct)
    {
        // Its conditions must be known before its first prediction is judged.
        await Look(now, everyMs: 0, ct);

        // It may have been here before: its endpoint was deleted and made anew, or its last rows come in after it was forgotten.
        var number = await house.Db.Read(tx => WindowStore.NextNumber(tx, first.DeploymentId), ct);
        return await Add(new FoldedDeployment(first.DeploymentId, first.Version, first.Role, number, first.AtMs, new Dictionary<string, Statistics.EnvelopeTest>()), ct);
    }

    private async Task<DeploymentFold> Add(FoldedDeployment state, CancellationToken ct) =>
        _deployments[state.DeploymentId] = new DeploymentFold(state, await house.References.Of(workspace, _model, state.Version, ct));

    private async Task Store(FoldOutcome outcome, long now, CancellationToken ct)
    {
        var logs = new Dictionary<string, long>(_logs ?? new Dictionary<string, long>(), StringComparer.Ordinal);
        if (_logId is { } log) { logs[log] = _position; }

        var state = new FoldState([.. _deployments.Values.Select(deployment => deployment.ToState())], logs).ToBytes();
        var stored = await house.Db.Write(tx =>
        {
            if (!Leases.TryTake(tx, $"monitoring.fold/{workspace}/{endpoint}", holder, LeaseMs) || !EndpointStore.Advance(tx, workspace, endpoint, _revision, _position, state, now)) { return false; }

            house.Writer.Write(tx, workspace, endpoint, outcome);
            tx.AfterCommit(() => house.Live.Send(new LiveChange("monitor", workspace, endpoint, _model)));
            return true;
        }, ct);

        if (stored) { house.Metrics.Folded(_folded, outcome.Windows.Count); }

        _folded = 0;

        // Overtaken: begin again from what is stored.
        (_revision, _leaseUntilMs, _storedMs, _ahead) = stored ? (_revision + 1, now + LeaseMs, now, false) : (NotRead, 0, now, false);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Predictions of endpoint {Endpoint} in workspace {Workspace} are read on after position {Position} of the log that is here: {Why}")]
    private static partial void Moved(ILogger logger, string endpoint, string workspace, long position, string why);
}
