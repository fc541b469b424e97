using Microsoft.Extensions.DependencyInjection;
using Slipway.Governance.Approvals;
using Slipway.Governance.Contracts;
using Slipway.Governance.Exceptions;
using Slipway.Governance.Inventory;
using Slipway.Governance.Policies;
using Slipway.Governance.Ports;
using Slipway.Kernel;

namespace Slipway.Governance.Tests.Histories;

/// <summary>Who takes part; the first has registered the version.</summary>
internal static class Cast
{
    public static readonly IReadOnlyList<string> Names = ["ada", "olga", "vera", "ann", "ben", "cleo"];
}

/// <summary>One history: random operations through the handlers, and the same on the reference model.</summary>
internal sealed class History(IServiceProvider services, IReadOnlyDictionary<string, string> people, string workspace, int seed)
{
    private readonly Random _random = new(seed);
    private readonly ReferenceModel _model = new(people[Cast.Names[0]]);
    private readonly List<string> _told = [];
    private int _step;

    /// <summary>One operation, taken or refused by both alike; a history begins with an entry and a policy.</summary>
    public async Task Step(long now)
    {
        var who = people[Cast.Names[_random.Next(Cast.Names.Count)]];
        var caller = new Caller(who, who, PrincipalKind.Person, [new Grant($"workspace/{workspace}", Level.Approver), new Grant($"workspace/{workspace}", Level.Admin)]) { Workspace = workspace };
        switch (_step++ switch { 0 => 0, 1 => 1, _ => _random.Next(40) })
        {
            case 0: await Inventory(caller); break;
            case 1: await Policy(caller); break;
            case < 12: await Ask(caller, now); break;
            case < 30: await Sign(caller, now); break;
            case < 37: await Grant(caller, now); break;
            case 37: await EndException(caller, now); break;
            case 38: await Refuse(caller); break;
            default: await Withdraw(caller); break;
        }
    }

    /// <summary>Whether the version may be used, and whether both say the same.</summary>
    public bool Compare(ReadTx tx, long now)
    {
        var state = Get<IApprovals>().StateOf(tx, workspace, "m", 1);
        var expected = _model.InForce(now);
        Assert.True(state.InForce == expected, $"{workspace} (seed {seed}): in force {state.InForce}, expected {expected}. {string.Join(' ', state.Reasons)}\n{string.Join('\n', _told)}");
        return expected;
    }

    private async Task Inventory(Caller caller)
    {
        var (purpose, owner, autonomy) = ($"Purpose {_random.Next(2)}.", people[Cast.Names[_random.Next(Cast.Names.Count)]], _random.Next(2) == 0 ? 1 : 5);
        var factors = new Dictionary<string, TierFactor> { ["exposure"] = new(autonomy, "…"), ["purpose"] = new(autonomy, "…") };
        Same("inventory", (await Get<PutInventory>().Handle(caller, "m", new InventoryRequest(purpose, "use", [], factors, owner), default)).Problem, true);
        _model.SetEntry(purpose, owner, tier: autonomy == 5 ? 1 : 4);
    }

    private async Task Policy(Caller caller)
    {
        var (signOffs, minimum) = (_random.Next(1, 3), _random.Next(2) == 0 ? 0.5 : 0.7);
        var text = FormattableString.Invariant($"policy: p\ngoverns: []\nsignOffs: {{ default: {signOffs}, tier1: 2 }}\nrows:\n  - {{ name: owner, evidence: inventory.owner, operator: exists }}\n  - {{ name: auc, evidence: run.auc, operator: atLeast, value: {minimum}, waivable: true }}");
        var set = await Get<SetPolicy>().Handle(caller, text, "because", default);
        Same("policy", set.Problem, true);
        _model.SetPolicy(text, signOffs, minimum);
    }

    private async Task Ask(Caller caller, long now)
    {
        var taken = _model.Ask(caller.Id, now);
        var answer = await Get<RequestApproval>().Handle(caller, new ApprovalRequest("m", 1, "because"), default);
        Same("ask", answer.Problem, taken);
        if (taken) { _model.Id = answer.Value.Id; }
    }

    private async Task Sign(Caller caller, long now)
    {
        if (_model.Id is not { } id) { return; }

        var view = await Get<GetApproval>().Handle(caller, id, default);
        var seen = _random.Next(10) == 0 ? new string('0', 64) : view.Value.EvidenceDigest;
        var taken = seen != new string('0', 64) && _model.Sign(caller.Id, now);
        Same("sign", (await Get<SignApproval>().Handle(caller, id, new SignRequest("because", seen), default)).Problem, taken);
    }

    private async Task Grant(Caller caller, long now)
    {
        var ends = now + (_random.Next(1, 60) * 3_600_000L);
        var answer = await Get<GrantException>().Handle(caller, new ExceptionRequest("m", "auc", "because", ends, _random.Next(2) == 0 ? 1 : null), default);

        // A policy that is built in has no such row; whether author and owner are refused is the model's business.
        if (answer.Problem is null) { _model.Grant(answer.Value.Id, caller.Id, ends); }
        else { Assert.Contains(answer.Problem.Code, (string[])["invalid", "not_eligible", "already_granted"]); }

        Told("grant", answer.Problem);
    }

    private async Task EndException(Caller caller, long now)
    {
        if (_model.AnyException(_random, now) is not { } id) { return; }

        Same("end exception", (await Get<EndException>().Handle(caller, id, "because", default)).Problem, true);
        _model.EndException(id);
    }

    private async Task Refuse(Caller caller)
    {
        if (_model.Id is not { } id) { return; }

        var answer = await Get<EndApproval>().Refuse(caller, id, "because", default);
        Told("refuse", answer.Problem);
        if (answer.Problem is null) { _model.End(); }
    }

    private async Task Withdraw(Caller caller)
    {
        if (_model.Id is not { } id) { return; }

        var answer = await Get<EndApproval>().Withdraw(caller, id, "because", default);
        Told("withdraw", answer.Problem);
        if (answer.Problem is null) { _model.End(); }
    }

    private T Get<T>()
        where T : class => services.GetRequiredService<T>();

    private void Same(string operation, Problem? problem, bool taken)
    {
        Told(operation, problem);
        Assert.True(problem is null == taken, $"{workspace} (seed {seed}): {operation} was {(taken ? "refused" : "taken")}. {problem?.Detail}\n{string.Join('\n', _told)}");
    }

    private void Told(string operation, Problem? problem) => _told.Add(problem is null ? operation : $"{operation}: {problem.Code}");
}
