using Slipway.Tracking.Contracts;

namespace Slipway.Client;

/// <summary>A run around a piece of work: its end is the work's end. A stop of that end kills it; whatever else goes wrong with the end has ended it.</summary>
internal static class RunScope
{
    public static async Task Within(Run run, Func<Run, Task> work, CancellationToken ct)
    {
        try
        {
            await work(run);
            await run.FinishAsync(RunStatus.Finished, ct);
        }
        catch (Exception error)
        {
            // The caller's token may be the reason: the end is told all the same.
            try { await run.FinishAsync(error is OperationCanceledException && ct.IsCancellationRequested ? RunStatus.Killed : RunStatus.Failed, CancellationToken.None); }
            catch (Exception second) { error.Data["slipway"] = second; }

            throw;
        }
    }
}
