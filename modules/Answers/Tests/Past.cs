using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Slipway.Answers.AsOf;
using Slipway.Answers.Fold;
using Slipway.Kernel;
using Slipway.Kernel.Contracts;

namespace Slipway.Answers.Tests;

/// <summary>A history of a workspace that a test tells, with a clock of its own; nothing happens in the background.</summary>
internal sealed class Past : IAsyncDisposable
{
    public const string Workspace = "default";

    private static readonly System.Reflection.MethodInfo Publish = typeof(FactLog).GetMethod(nameof(FactLog.Publish))!;

    private readonly TestDatabase _database;
    private readonly FactSequencer _sequencer;
    private readonly FoldFacts _fold;
    private readonly GetAnswers _answers;
    private readonly GetAnswers _impatient;

    private Past(TestDatabase database, Db db, ManualClock clock)
    {
        (_database, Db, Clock) = (database, db, clock);
        _sequencer = new FactSequencer(db, clock, NullLogger<FactSequencer>.Instance);
        _fold = new FoldFacts(db, new LiveHub(), clock, NullLogger<FoldFacts>.Instance);
        _answers = new GetAnswers(db, new ResolveMoment(db, clock) { Patience = TimeSpan.FromMinutes(1) });
        _impatient = new GetAnswers(db, new ResolveMoment(db, clock) { Patience = TimeSpan.Zero });
    }

    public static Caller Ada { get; } = new("0192aa", "ada", PrincipalKind.Person, [new Grant("workspace/default", Level.Viewer)]) { Workspace = Workspace };

    public Db Db { get; }

    public ManualClock Clock { get; }

    public long NowMs => Clock.NowMs();

    public static async Task<Past> Open(string kind = TestDatabase.Sqlite)
    {
        var (database, clock) = (await TestDatabase.Create(kind), new ManualClock());
        return new Past(database, new DbOptions(database.Database).Open(clock), clock);
    }

    /// <summary>Tells a fact at the time of the clock; nobody has placed it yet.</summary>
    public Task Tell(object fact) => Tell(Db, fact);

    public static Task Tell(Db db, object fact) => db.Write(tx => Publish.MakeGenericMethod(fact.GetType()).Invoke(null, [tx, Ada, fact]), default);

    /// <summary>Places and folds everything that was told.</summary>
    public async Task Settle()
    {
        while (await _sequencer.Step(default) || await _fold.Step(default) || await Db.Read(tx => FactLog.End(tx) is (var last, var waiting) && (waiting is not null || last > IntervalStore.Reached(tx).Position), default)) { }
    }

    /// <summary>Tells facts one second after the other, and settles them.</summary>
    public async Task TellAll(IEnumerable<object> facts)
    {
        foreach (var fact in facts)
        {
            await Tell(fact);
            Clock.Advance(TimeSpan.FromSeconds(1));
        }

        await Settle();
    }

    /// <summary>As if an earlier release had folded: everything is folded anew by the next <see cref="Settle"/>.</summary>
    public async Task Forget()
    {
        await Db.Write(tx => IntervalStore.Save(tx, IntervalStore.Reached(tx) with { FoldVersion = 0 }), default);
        while (await _fold.Step(default)) { }
    }

    /// <summary>The answer's JSON, or the problem as <c>status code: detail</c>.</summary>
    public Task<string> Ask(string model, string? asOf = null) => Ask(_answers, model, asOf);

    /// <summary>As <see cref="Ask(string, string?)"/>, without waiting for what is on its way.</summary>
    public Task<string> AskAtOnce(string model) => Ask(_impatient, model, null);

    private static async Task<string> Ask(GetAnswers answers, string model, string? asOf)
    {
        var answer = await answers.Handle(Ada, model, asOf, default);
        return answer.Fails(out var problem, out var view) ? $"{problem.Status} {problem.Code}: {problem.Detail}" : JsonSerializer.Serialize(view, WireJson.Options);
    }

    public async Task<Contracts.AnswersView> View(string model, string? asOf = null) => (await _answers.Handle(Ada, model, asOf, default)).Value;

    public async ValueTask DisposeAsync()
    {
        await Db.DisposeAsync();
        await _database.DisposeAsync();
    }
}
