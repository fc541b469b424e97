using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Answers.AsOf;
using Slipway.Answers.Contracts;
using Slipway.Answers.State;
using Slipway.Answers.Verdicts;
using Slipway.Kernel;

namespace Slipway.Answers;

/// <summary>The four answers about a model, as of now or of any past moment.</summary>
internal sealed class GetAnswers(Db db, ResolveMoment resolve)
{
    public static void Map(RouteGroupBuilder models) => models
        .MapGet("/{name}/answers", async (string name, string? asOf, Caller caller, GetAnswers handler, CancellationToken ct) => (await handler.Handle(caller, name, asOf, ct)).ToHttp())
        .WithName(nameof(GetAnswers)).Needs(Permissions.Read).WithSummary("The four answers about a model: now, or as of any past moment.")
        .Produces<AnswersView>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(503);

    public async Task<Result<AnswersView>> Handle(Caller caller, string name, string? asOf, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.Read) is { } denied) { return denied; }

        if (AsOfText.Parse(asOf).Fails(out var fault, out var asked)) { return fault; }

        if ((await resolve.Handle(caller.Workspace, asked, ct)).Fails(out fault, out var moment)) { return fault; }

        // Looked at again: a release that folds otherwise may have begun anew since.
        var found = await db.Read<Result<ModelState?>>(
            tx => ResolveMoment.IsFolded(tx, moment.Position) ? StateStore.Find(tx, caller.Workspace, name, moment) : ResolveMoment.NotSettled(), ct);
        if (found.Fails(out fault, out var state)) { return fault; }

        return state is not null && caller.Open(ObjectRef.Model).Includes(name) ? Answer(state) : new Problem(404, "not_found", $"There was no model '{name}' here at {Words.Time(moment.AtMs)} (position {moment.Position}).");
    }

    /// <summary>A pure function of what held at the moment.</summary>
    internal static AnswersView Answer(ModelState state)
    {
        var view = new AnswersView(
            state.Workspace, state.Model, state.Moment.Position, state.Moment.AtMs, AsOfText.Of(state.Moment), [Doing.Answer(state), Trained.Answer(state), Approved.Answer(state), Safe.Answer(state)], "");
        return view with { Digest = Seal.Of(view) };
    }
}
