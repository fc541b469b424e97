using Slipway.Datasets.Ports;
using Slipway.Kernel;
using Slipway.Pipelines.Ports;

namespace Slipway.Pipelines.Kinds;

/// <summary><c>split</c>: data cut in two, the same way each time: a share for training, the rest for testing.</summary>
internal sealed class SplitStep(IDatasets datasets) : IStepKind
{
    private const string Input = "data";
    private const string First = "train";
    private const string Second = "test";

    public string Name => "split";

    public string Version { get; } = StepVersion.Of(typeof(IDatasets)) + StepVersion.Of(typeof(SplitStep));

    public StepShape Shape(StepDefinition step) => new(
        [new StepInput(Input, [StepTypes.Dataset])], new Dictionary<string, string> { [First] = StepTypes.Dataset, [Second] = StepTypes.Dataset }, []);

    public IReadOnlyList<Fault> Check(StepDefinition step) => Read(step).Faults;

    public async Task<Result<StepOutcome>> Run(StepContext context, CancellationToken ct)
    {
        var data = context.Inputs[Input];
        if ((await datasets.Split(context.Caller, data.Digest, Read(context.Step).Rule, ct)).Fails(out var problem, out var parts)) { return problem; }

        context.Log($"{First}: {Figures.Text(parts.First.Rows)} rows, SHA-256 {parts.First.Digest}; {Second}: {Figures.Text(parts.Second.Rows)} rows, SHA-256 {parts.Second.Digest}.");
        return new StepOutcome(
            new Dictionary<string, StepValue> { [First] = Part(data, parts.First, First), [Second] = Part(data, parts.Second, Second) },
            new Dictionary<string, string> { [First] = $"{Figures.Text(parts.First.Rows)} rows", [Second] = $"{Figures.Text(parts.Second.Rows)} rows" });
    }

    private static StepValue Part(StepValue whole, TablePart part, string name) => new(StepTypes.Dataset, part.Digest, whole.Name is { } dataset ? $"{dataset}, {name}" : name);

    private static (SplitRule Rule, IReadOnlyList<Fault> Faults) Read(StepDefinition step)
    {
        var with = step.Settings();
        var (share, seed) = (with.Number("share", required: true), with.Integer("seed") ?? 0);
        var (stratify, orderBy) = (with.Text("stratify"), with.Text("orderBy"));
        if (share is <= 0 or >= 1) { with.Fault("share", FormattableString.Invariant($"'with.share' is {share}; a number above 0 and below 1 belongs there: the part of the rows that is for training.")); }

        if (stratify is not null && orderBy is not null) { with.Fault("orderBy", "'with.orderBy' cuts in order, 'with.stratify' by chance within each value; set one of them."); }

        if (orderBy is not null && with.Has("seed")) { with.Fault("seed", "'with.seed' means nothing where 'with.orderBy' cuts in order; leave it out."); }

        return (new SplitRule(share ?? 0, seed, stratify, orderBy), with.End());
    }
}
