using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Slipway.Datasets.Ports;
using Slipway.Kernel;
using Slipway.Kernel.Contracts;
using Slipway.OnnxRuntime;
using Slipway.Serving.Check;
using Slipway.Serving.Endpoints;
using Slipway.Training.Contracts;

namespace Slipway.Serving.Live;

/// <summary>Models in memory by the digests that were approved. One that nothing uses any more is let go a minute after that was first seen, for the requests that hold it. Thread safe.</summary>
internal sealed class LoadedModels(IBlobStore blobs, IContracts contracts, TimeProvider clock) : IDisposable
{
    private const long IdleMs = 60_000;
    private const int MaxRecordBytes = 16 * 1024 * 1024;

    // A record of another release may have more fields than this one knows.
    private static readonly JsonSerializerOptions Lenient = new(WireJson.Options) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip };

    private readonly SemaphoreSlim _loading = new(1);
    private readonly Dictionary<Key, (LoadedModel Model, long? UnusedMs)> _models = [];
    private readonly Lock _lock = new();

    /// <summary>The model of a deployment, loaded if it is not there.</summary>
    /// <returns>422 when the file cannot be served, 503 when it cannot be read or ONNX Runtime is missing.</returns>
    public async Task<Result<LoadedModel>> Load(Deployment deployment, CancellationToken ct)
    {
        var key = new Key(deployment.ModelDigest, deployment.ContractDigest, deployment.TrainingDigest);
        await _loading.WaitAsync(ct);
        try
        {
            if (Find(key) is { } there) { return there; }

            if ((await Read(key, ct)).Fails(out var problem, out var model)) { return problem; }

            lock (_lock) { _models[key] = (model, null); }

            return model;
        }
        finally { _loading.Release(); }
    }

    /// <summary>Lets go what was used by none of these for a minute, as this was told; to be called often.</summary>
    public void Keep(IEnumerable<Deployment> used)
    {
        var keys = used.Select(deployment => new Key(deployment.ModelDigest, deployment.ContractDigest, deployment.TrainingDigest)).ToHashSet();
        lock (_lock)
        {
            foreach (var (key, (model, unusedMs)) in _models.ToList())
            {
                if (keys.Contains(key)) { _models[key] = (model, null); }
                else if (unusedMs is not { } since) { _models[key] = (model, clock.NowMs()); }
                else if (clock.NowMs() - since > IdleMs)
                {
                    _models.Remove(key);
                    model.Dispose();
                }
            }
        }
    }

    /// <summary>Why a model cannot answer beside those that are at work: one request is read for all of them.</summary>
    public Problem? Conflict(EndpointRow endpoint, LoadedModel wanted)
    {
        foreach (var deployment in endpoint.Deployments)
        {
            if (Find(new Key(deployment.ModelDigest, deployment.ContractDigest, deployment.TrainingDigest)) is not { } other) { continue; }

            foreach (var input in wanted.Inputs)
            {
                if (other.Inputs.FirstOrDefault(one => one.Name == input.Name) is { } same && (same.IsNumber != input.IsNumber || same.Width != input.Width || same.Rule.Kind == FieldKind.Boolean != (input.Rule.Kind == FieldKind.Boolean)))
                {
                    return Problem.Conflict("inputs_differ", $"Input '{input.Name}' is {Of(input)} here and {Of(same)} in version {deployment.Version}; what answers under one endpoint reads the same requests, so give this model an endpoint of its own.");
                }
            }
        }

        return null;
    }

    public void Dispose()
    {
        lock (_lock)
        {
            foreach (var (model, _) in _models.Values) { model.Dispose(); }

            _models.Clear();
        }

        _loading.Dispose();
    }

    private static string Of(ModelInput input) => input.Width == 1 ? $"{input.Rule.Kind}" : $"{input.Rule.Kind} [{input.Width}]";

    private LoadedModel? Find(Key key)
    {
        lock (_lock)
        {
            if (!_models.TryGetValue(key, out var found)) { return null; }

            _models[key] = (found.Model, null);
            return found.Model;
        }
    }

    private async Task<Result<LoadedModel>> Read(Key key, CancellationToken ct)
    {
        if (await blobs.Find(key.Model, ct) is not { } blob)
        {
            return new Problem(422, "no_model_file", $"The model {key.Model} is no single file in the store (a version of several files has the digest of their list); an endpoint serves one ONNX file.");
        }

        if (blob.SizeBytes > Limits.ModelFileBytes) { return new Problem(422, "model_too_large", $"The model file has {blob.SizeBytes} bytes; at most {Limits.ModelFileBytes} are loaded."); }

        try
        {
            var bytes = await Bytes(key.Model, ct);
            var digest = Convert.ToHexStringLower(SHA256.HashData(bytes));
            if (digest != key.Model) { return new Problem(503, "damaged_content", $"The model file is {digest}, and {key.Model} was approved."); }

            IReadOnlyList<ContractField>? fields = null;
            if (key.Contract is { } contract && (await contracts.Fields(contract, ct)).Fails(out var unreadable, out fields))
            {
                return new Problem(422, "contract_unreadable", $"The contract {contract} cannot be read, so nobody knows what the inputs must be: {unreadable.Detail}");
            }

            var training = key.Training is { } record && await blobs.Find(record, ct) is { SizeBytes: <= MaxRecordBytes } ? Parse(await Bytes(record, ct)) : null;
            return Model(digest, OnnxSession.Load(bytes), fields, training);
        }
        catch (OnnxException error)
        {
            return error.Failure == OnnxFailure.EngineMissing ? new Problem(503, "engine_missing", error.Message) : new Problem(422, "model_refused", error.Message);
        }
        catch (Exception error) when (error is BlobMissingException or BlobCorruptException or StorageException or IOException) { return new Problem(503, "damaged_content", error.Message); }
    }

    private static Result<LoadedModel> Model(string digest, OnnxSession session, IReadOnlyList<ContractField>? fields, TrainingReport? training)
    {
        var inputs = new List<ModelInput>();
        foreach (var input in session.Inputs)
        {
            if (FieldRules.KindOf(input.ElementType) is null || input.Shape is not ([_] or [_, >= 1]) || input.Shape[0] > 0)
            {
                session.Dispose();
                return new Problem(422, "model_refused", $"The model takes {input}; served are inputs [any] and [any, n] of numbers, truth values and texts, a row each.");
            }

            inputs.Add(new ModelInput(input.Name, input.ElementType, input.Shape.Count == 1 ? 1 : (int)input.Shape[1], input.Shape.Count == 1, FieldRules.Of(input, fields, training)));
        }

        return new LoadedModel(digest, session, inputs);
    }

    // A program's own training record says nothing about levels; the rest of the rules stand without it.
    private static TrainingReport? Parse(byte[] record)
    {
        try { return JsonSerializer.Deserialize<TrainingReport>(record, Lenient); }
        catch (JsonException) { return null; }
    }

    private async Task<byte[]> Bytes(string digest, CancellationToken ct)
    {
        using var bytes = new MemoryStream();
        await blobs.CopyTo(digest, null, bytes, ct);
        return bytes.ToArray();
    }

    private readonly record struct Key(string Model, string? Contract, string? Training);
}
