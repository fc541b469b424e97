using Slipway.Kernel.Contracts;
using Slipway.Tracking.Contracts;

namespace Slipway.Client;

/// <summary>Experiments of one workspace. Thread safe.</summary>
public sealed class ExperimentClient
{
    private readonly SlipwayClient _client;

    internal ExperimentClient(SlipwayClient client) => _client = client;

    /// <summary>The experiment of a name, which is made when there is none.</summary>
    /// <param name="name">1 to 500 characters.</param>
    /// <param name="ct">Stops it.</param>
    /// <exception cref="SlipwayException">It was deleted: restore it or take another name (409).</exception>
    public Task<ExperimentView> GetOrCreateAsync(string name, CancellationToken ct = default) => GetOrCreateAsync(new CreateExperimentRequest(name), ct);

    /// <summary>As <see cref="GetOrCreateAsync(string, CancellationToken)"/>, with a place for artifacts and tags for a new one.</summary>
    public async Task<ExperimentView> GetOrCreateAsync(CreateExperimentRequest wanted, CancellationToken ct = default)
    {
        if (await FindAsync(wanted.Name, ct) is { } found) { return Active(found); }

        try { return await _client.Create<CreateExperimentRequest, ExperimentView>(_client.NativePath("experiments"), wanted, ct); }
        catch (SlipwayException taken) when (taken.Status is 409 or null or >= 500)
        {
            // Somebody else was quicker, or it was made and the answer was lost.
            if (await FindAsync(wanted.Name, ct) is { } now) { return Active(now); }

            throw;
        }
    }

    /// <summary>The experiment of a name, deleted or not; null when there is none.</summary>
    public async Task<ExperimentView?> FindAsync(string name, CancellationToken ct = default)
    {
        try
        {
            var found = await _client.GetMlflow<ExperimentAnswer>($"mlflow/experiments/get-by-name?experiment_name={Uri.EscapeDataString(name)}", ct);
            return await GetAsync(found.Experiment.ExperimentId, ct);
        }
        catch (SlipwayException missing) when (missing.Status == 404) { return null; }
    }

    /// <summary>The experiment of an id, deleted or not.</summary>
    /// <exception cref="SlipwayException">The workspace has no such experiment (404).</exception>
    public Task<ExperimentView> GetAsync(string experimentId, CancellationToken ct = default) =>
        _client.Get<ExperimentView>(_client.NativePath($"experiments/{Uri.EscapeDataString(experimentId)}"), ct);

    /// <summary>Every experiment that meets a filter, page by page as they are read.</summary>
    /// <param name="filter">Such as <c>name LIKE 'churn%'</c>; null = all.</param>
    /// <param name="sort">Such as <c>name ASC</c>; null = the newest first.</param>
    /// <param name="view">Active ones, deleted ones or all.</param>
    /// <param name="ct">Stops it.</param>
    public IAsyncEnumerable<ExperimentView> SearchAsync(string? filter = null, string? sort = null, LifecycleView view = LifecycleView.Active, CancellationToken ct = default) => Paging.All(
        _client.NativePath("experiments"), [("filter", filter), ("sort", sort), ("view", Paging.Of(view))],
        async path => (await _client.Get<Page<ExperimentView>>(path, ct)) is var page ? (page.Items, page.Next) : default, ct);

    /// <summary>Sets a tag, in place of what it was.</summary>
    public Task SetTagAsync(string experimentId, string key, string value, CancellationToken ct = default) =>
        _client.Mlflow(HttpMethod.Post, "mlflow/experiments/set-experiment-tag", new ExperimentTagBody(experimentId, key, value), ct);

    /// <summary>Gives an experiment another name.</summary>
    public Task RenameAsync(string experimentId, string name, CancellationToken ct = default) =>
        _client.Mlflow(HttpMethod.Post, "mlflow/experiments/update", new RenameExperimentBody(experimentId, name), ct);

    /// <summary>Puts an experiment and its runs away; they can be restored.</summary>
    public Task DeleteAsync(string experimentId, CancellationToken ct = default) => _client.Mlflow(HttpMethod.Post, "mlflow/experiments/delete", new ExperimentBody(experimentId), ct, Repeat.WhenRefused);

    /// <summary>Brings a deleted experiment and its runs back.</summary>
    public Task RestoreAsync(string experimentId, CancellationToken ct = default) => _client.Mlflow(HttpMethod.Post, "mlflow/experiments/restore", new ExperimentBody(experimentId), ct, Repeat.WhenRefused);

    private static ExperimentView Active(ExperimentView found) => found.Lifecycle == Lifecycle.Active
        ? found
        : throw new SlipwayException($"The experiment '{found.Name}' ({found.ExperimentId}) is deleted; restore it or choose another name.");

    private sealed record ExperimentAnswer(ExperimentBody Experiment);

    private sealed record ExperimentBody(string ExperimentId);

    private sealed record ExperimentTagBody(string ExperimentId, string Key, string Value);

    private sealed record RenameExperimentBody(string ExperimentId, string NewName);
}
