using System.Globalization;
using Slipway.Kernel.Contracts;
using Slipway.Registry.Contracts;

namespace Slipway.Client;

/// <summary>Registered models of one workspace, their versions, aliases and stages. Thread safe.</summary>
public sealed class ModelClient
{
    private const string Models = "mlflow/registered-models/";
    private const string Versions = "mlflow/model-versions/";
    private readonly SlipwayClient _client;

    internal ModelClient(SlipwayClient client) => _client = client;

    /// <summary>The model of a name, which is made when there is none.</summary>
    /// <param name="name">1 to 256 characters, without <c>/</c> and <c>:</c>.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<ModelView> GetOrCreateAsync(string name, CancellationToken ct = default)
    {
        try { return await GetAsync(name, ct); }
        catch (SlipwayException missing) when (missing.Status == 404) { /* it is made below */ }

        // Somebody else may be quicker, or an answer may be lost: then it is there already.
        try { await _client.Mlflow(HttpMethod.Post, Models + "create", new ModelBody(name), ct); }
        catch (SlipwayException taken) when (taken.Code == "RESOURCE_ALREADY_EXISTS") { }

        return await GetAsync(name, ct);
    }

    /// <summary>One model with its aliases and tags.</summary>
    /// <exception cref="SlipwayException">There is no such model (404).</exception>
    public Task<ModelView> GetAsync(string name, CancellationToken ct = default) => _client.Get<ModelView>(Of(name), ct);

    /// <summary>Registers the next version of a model, which is made when there is none of the name. It is registered once, also when an answer is lost.</summary>
    public async Task<ModelVersion> RegisterAsync(string name, NewVersion version, CancellationToken ct = default)
    {
        await GetOrCreateAsync(name, ct);
        var body = new NewVersionBody(name, version.Source, version.RunId, version.Description, Pairs(version.Tags));
        return (await _client.Mlflow<NewVersionBody, VersionAnswer>(HttpMethod.Post, Versions + "create", body, ct, once: true)).ModelVersion.ToVersion();
    }

    /// <summary>Registers a file or folder of a run as the next version of a model.</summary>
    public Task<ModelVersion> RegisterAsync(string name, Run run, string path, CancellationToken ct = default) =>
        RegisterAsync(name, new NewVersion($"runs:/{run.RunId}/{path}") { RunId = run.RunId }, ct);

    /// <summary>Every model that meets a filter, page by page as they are read.</summary>
    /// <param name="filter">Such as <c>name LIKE 'churn%'</c>; null = all.</param>
    /// <param name="sort">Such as <c>last_updated_timestamp DESC</c>; null = by name.</param>
    /// <param name="ct">Stops it.</param>
    public IAsyncEnumerable<ModelView> SearchAsync(string? filter = null, string? sort = null, CancellationToken ct = default) => Paging.All(
        _client.NativePath("models"), [("filter", filter), ("sort", sort)],
        async path => (await _client.Get<Page<ModelView>>(path, ct)) is var page ? (page.Items, page.Next) : default, ct);

    /// <summary>Every version of a model, the newest first, page by page as they are read.</summary>
    public IAsyncEnumerable<ModelVersionRow> VersionsAsync(string name, CancellationToken ct = default) => Paging.All(
        Of(name, "/versions"), [], async path => (await _client.Get<Page<ModelVersionRow>>(path, ct)) is var page ? (page.Items, page.Next) : default, ct);

    /// <summary>Everything that is known of one version: digests, figures, card.</summary>
    /// <exception cref="SlipwayException">There is no such version (404).</exception>
    public Task<ModelVersionView> GetVersionAsync(string name, long version, CancellationToken ct = default) => _client.Get<ModelVersionView>(Of(name, $"/versions/{version}"), ct);

    /// <summary>The version that an alias stands for now; null when there is no such alias.</summary>
    /// <exception cref="SlipwayException">There is no such model (404).</exception>
    public async Task<ModelVersion?> OfAliasAsync(string name, string alias, CancellationToken ct = default) =>
        (await GetAsync(name, ct)).Aliases.TryGetValue(alias, out var version)
            ? (await _client.GetMlflow<VersionAnswer>($"{Versions}get?name={Uri.EscapeDataString(name)}&version={version}", ct)).ModelVersion.ToVersion()
            : null;

    /// <summary>Makes an alias stand for a version.</summary>
    public Task<AliasView> SetAliasAsync(string name, string alias, long version, CancellationToken ct = default) =>
        _client.Put<SetAliasRequest, AliasView>(Of(name, $"/aliases/{Uri.EscapeDataString(alias)}"), new SetAliasRequest(version), ct);

    /// <summary>Removes an alias.</summary>
    public Task DeleteAliasAsync(string name, string alias, CancellationToken ct = default) => _client.Delete(Of(name, $"/aliases/{Uri.EscapeDataString(alias)}"), ct);

    /// <summary>Puts a version into one of MLflow's legacy stages.</summary>
    /// <param name="name">The model.</param>
    /// <param name="version">Its version.</param>
    /// <param name="stage">Where to.</param>
    /// <param name="archiveOthers">Put what is in the stage now into Archived.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<ModelVersion> SetStageAsync(string name, long version, ModelStage stage, bool archiveOthers = false, CancellationToken ct = default) =>
        (await _client.Mlflow<StageBody, VersionAnswer>(HttpMethod.Post, Versions + "transition-stage", new StageBody(name, Text(version), stage.ToString(), archiveOthers), ct)).ModelVersion.ToVersion();

    /// <summary>Sets a tag of a model, or of one version.</summary>
    public Task SetTagAsync(string name, string key, string value, long? version = null, CancellationToken ct = default) =>
        _client.Mlflow(HttpMethod.Post, (version is null ? Models : Versions) + "set-tag", new ModelTagBody(name, key, value, version is { } number ? Text(number) : null), ct);

    /// <summary>Removes a tag of a model, or of one version; one that is not there is gone already.</summary>
    public Task DeleteTagAsync(string name, string key, long? version = null, CancellationToken ct = default) =>
        _client.Mlflow(HttpMethod.Delete, (version is null ? Models : Versions) + "delete-tag", new ModelTagBody(name, key, Version: version is { } number ? Text(number) : null), ct);

    /// <summary>Says in words what a model, or one version, is.</summary>
    public Task DescribeAsync(string name, string description, long? version = null, CancellationToken ct = default) =>
        _client.Mlflow(HttpMethod.Patch, (version is null ? Models : Versions) + "update", new DescribeBody(name, description, version is { } number ? Text(number) : null), ct);

    /// <summary>Gives a model another name.</summary>
    public Task RenameAsync(string name, string newName, CancellationToken ct = default) => _client.Mlflow(HttpMethod.Post, Models + "rename", new RenameModelBody(name, newName), ct, Repeat.WhenRefused);

    /// <summary>Deletes a version; its number is never given again.</summary>
    public Task DeleteVersionAsync(string name, long version, CancellationToken ct = default) =>
        _client.Mlflow(HttpMethod.Delete, Versions + "delete", new VersionKeyBody(name, Text(version)), ct, Repeat.WhenRefused);

    /// <summary>Deletes a model with its versions, tags and aliases.</summary>
    public Task DeleteAsync(string name, CancellationToken ct = default) => _client.Mlflow(HttpMethod.Delete, Models + "delete", new VersionKeyBody(name), ct, Repeat.WhenRefused);

    private string Of(string name, string rest = "") => _client.NativePath($"models/{Uri.EscapeDataString(name)}{rest}");

    private static string Text(long version) => version.ToString(CultureInfo.InvariantCulture);

    private static Pair[] Pairs(IReadOnlyDictionary<string, string> tags) => [.. tags.Select(tag => new Pair(tag.Key, tag.Value))];
}
