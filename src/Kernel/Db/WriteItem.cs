namespace Slipway.Kernel;

/// <summary>One waiting write: the writer runs it, settles the transaction, then completes it.</summary>
/// <param name="about">What it changes; those that wait together may share a transaction. Null = it has one of its own.</param>
internal abstract class WriteItem(Isolation isolation, string? about, CancellationToken ct)
{
    public string? About { get; } = about;

    public Isolation Isolation { get; } = isolation;

    public CancellationToken Cancellation { get; } = ct;

    /// <summary>True when the changes are to be kept; false when the work answered with a problem.</summary>
    public abstract bool Run(WriteTx tx);

    public abstract void Complete();

    public abstract void Fail(Exception error);

    public abstract void Cancel();
}

internal sealed class WriteItem<T>(Func<WriteTx, T> work, Isolation isolation, string? about, CancellationToken ct) : WriteItem(isolation, about, ct)
{
    // Continuations must not run on the writer's thread.
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T _result = default!;

    public Task<T> Task => _done.Task;

    public override bool Run(WriteTx tx)
    {
        _result = work(tx);
        return _result is not IOutcome { Problem: not null };
    }

    public override void Complete() => _done.TrySetResult(_result);

    public override void Fail(Exception error) => _done.TrySetException(error);

    public override void Cancel() => _done.TrySetCanceled(Cancellation);
}
