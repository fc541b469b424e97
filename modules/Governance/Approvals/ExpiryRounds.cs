using Microsoft.Extensions.Logging;
using Slipway.Governance.Exceptions;
using Slipway.Governance.Ports;
using Slipway.Kernel;

namespace Slipway.Governance.Approvals;

/// <summary>Notes what time alone has ended: exceptions past their end, approvals whose evidence has become too old. Until it does, whoever asks is told the same by the clock.</summary>
internal sealed partial class ExpiryRounds(Db db, Overtaken overtaken, TimeProvider clock, ILogger<ExpiryRounds> log) : RoundsService
{
    private const int Batch = 100;
    private const string Job = "governance.expiry";
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Notes a batch; true when there may be more.</summary>
    public async Task<bool> Step(CancellationToken ct)
    {
        var now = clock.NowMs();

        // Looked at before written: an idle server does not write.
        if (!await db.Read(tx => ExceptionStore.PastEnd(tx, now, 1).Count > 0 || ApprovalStore.Due(tx, now, 1).Count > 0, ct)) { return false; }

        return await db.Write(tx =>
        {
            var exceptions = ExceptionStore.PastEnd(tx, now, Batch);
            foreach (var exception in exceptions)
            {
                ExceptionStore.End(tx, exception, exception.ExpiresMs, Job, PolicyException.Expired);
                var caller = Caller.ForJob(Job, exception.Workspace);
                tx.Audit(caller, Actions.ExceptionExpire, $"exception/{exception.Id}", before: exception, reason: PolicyException.Expired);
                tx.Publish(caller, new ExceptionEnded(exception.Workspace, exception.Id, exception.Model, PolicyException.Expired));
            }

            var due = ApprovalStore.Due(tx, now, Batch);
            foreach (var workspace in due.GroupBy(approval => approval.Workspace, StringComparer.Ordinal))
            {
                overtaken.Note(tx, Caller.ForJob(Job, workspace.Key), [.. workspace]);
            }

            return exceptions.Count == Batch || due.Count == Batch;
        }, ct);
    }

    protected override async Task Round(CancellationToken ct)
    {
        if (!await Step(ct)) { await Task.Delay(Pause, clock, ct); }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What time has ended could not be noted; trying again in a second")]
    protected override partial void Failed(Exception error);
}
