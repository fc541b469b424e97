using System.Collections.Concurrent;
using System.Text;
using Slipway.Kernel;
using Slipway.Kernel.Yaml;
using Slipway.Pipelines.Ports;

namespace Slipway.Pipelines.Tests;

/// <summary>
/// A step that does what its settings say: <c>give</c> a text as output <c>out</c>, <c>fail</c> so many attempts, <c>hold</c> until told, <c>say</c> lines, <c>throw</c>.
/// </summary>
internal sealed class ScriptedStep(IBlobStore blobs) : IStepKind
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _holds = new();
    private int _now;
    private int _most;

    /// <summary>Names of the steps that ran, in order of their beginning.</summary>
    public ConcurrentQueue<string> Ran { get; } = new();

    public int MostAtOnce => _most;

    /// <summary>How many run at this moment.</summary>
    public int Now => Volatile.Read(ref _now);

    public string Name => "scripted";

    public string Version { get; set; } = "1";

    public StepShape Shape(StepDefinition step) => new([new StepInput("typed", [StepTypes.Dataset], Required: false)], new Dictionary<string, string> { ["out"] = StepTypes.File }, step.Settings().Texts("files") ?? []) { AnyInputs = true };

    public IReadOnlyList<Fault> Check(StepDefinition step)
    {
        var with = step.Settings();
        Read(with);
        return with.End();
    }

    /// <summary>Lets a holding step go on, now or when it comes.</summary>
    public void LetGo(string step) => Hold(step).TrySetResult();

    public async Task<Result<StepOutcome>> Run(StepContext context, CancellationToken ct)
    {
        Ran.Enqueue(context.Step.Name);
        var (give, fail, hold, say, broken) = Read(context.Step.Settings());
        var now = Interlocked.Increment(ref _now);
        InterlockedMax(now);
        try
        {
            foreach (var line in say) { context.Log(line); }

            if (hold) { await Hold(context.Step.Name).Task.WaitAsync(ct); }

            if (broken) { throw new InvalidOperationException("secret detail"); }

            if (context.Attempt <= fail) { return new Problem(422, "scripted", $"attempt {context.Attempt} fails as told"); }

            using var content = new MemoryStream(Encoding.UTF8.GetBytes(give + string.Concat(context.Inputs.OrderBy(input => input.Key).Select(input => input.Value.Digest))));
            var blob = await blobs.Put(content, ct);
            return new StepOutcome(new Dictionary<string, StepValue> { ["out"] = new(StepTypes.File, blob.Digest, "out.txt") }, new Dictionary<string, string> { ["gave"] = give });
        }
        finally { Interlocked.Decrement(ref _now); }
    }

    private static (string Give, long Fail, bool Hold, IReadOnlyList<string> Say, bool Throw) Read(YamlSettings with)
    {
        with.Texts("files");
        return (with.Text("give") ?? "", with.Integer("fail", 0, 10) ?? 0, with.Flag("hold") ?? false, with.Texts("say", maxItems: 10_000) ?? [], with.Flag("throw") ?? false);
    }

    private TaskCompletionSource Hold(string step) => _holds.GetOrAdd(step, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

    private void InterlockedMax(int value)
    {
        int seen;
        while ((seen = _most) < value && Interlocked.CompareExchange(ref _most, value, seen) != seen) { }
    }
}
