using System.Text.Json;
using Slipway.Datasets.Contracts;
using Slipway.Datasets.Engine;
using Slipway.Datasets.Ports;
using Slipway.Datasets.Statistics;
using Slipway.Datasets.Tables;
using Slipway.Datasets.Versions;
using Slipway.Kernel;
using Slipway.Kernel.Contracts;

namespace Slipway.Datasets.Ingest;

/// <summary>Makes the next version of a dataset from a file, or refuses it and changes nothing.</summary>
internal sealed class IngestFile(
    Db db, Workbenches benches, IBlobStore blobs, ContractTexts contracts, ContractInForce inForce, ProfileBlobs profiles, IGate gate, LiveHub live)
{
    /// <param name="take">Puts the file on the bench as <see cref="SourceFile.Name"/>, or says why not.</param>
    /// <param name="given">Becomes the dataset's contract with the version; null = the one that it has.</param>
    /// <returns>The version, and whether it was made now: a file that the newest version was made from under the same contract makes no other.</returns>
    public async Task<Result<(DatasetVersionView Version, bool Made)>> Handle(
        Caller caller, string name, string format, ReadContract? given, Func<Workbench, Task<Problem?>> take, CancellationToken ct)
    {
        if ((caller.Lacks(Permissions.Write) ?? DatasetName.Fault(name) ?? SourceFormat.Fault(format)) is { } refused) { return refused; }

        var known = await db.Read(tx => DatasetStore.Find(tx, caller.Workspace, name), ct);
        var contract = given;
        if (given is null && known?.ContractDigest is { } digest && (await contracts.Find(caller.Workspace, digest, ct)).Fails(out var gone, out contract)) { return gone; }

        await using var bench = benches.Open();
        return await EngineProblems.Try<(DatasetVersionView, bool)>(async () =>
        {
            if (await take(bench) is { } untaken) { return untaken; }

            if ((await OpenedFile.Open(bench, format, contract, ct)).Fails(out var problem, out var file)) { return problem; }

            if (file.Refusal() is { } violated) { return violated; }

            await file.Table.Write(bench, contract?.Units ?? new Dictionary<string, string>(), ct);
            var statistics = await ColumnStatistics.Run(bench, file.Table, ct);
            return await Keep(caller, name, format, bench, file, file.Schema(statistics), given is not null && given.Digest != known?.ContractDigest, ct);
        });
    }

    private async Task<Result<(DatasetVersionView Version, bool Made)>> Keep(
        Caller caller, string name, string format, Workbench bench, OpenedFile file, IReadOnlyList<DatasetColumnView> schema, bool changesContract, CancellationToken ct)
    {
        var source = await bench.Keep(SourceFile.Name, ct);
        var data = await bench.Keep(TypedTable.Data, ct);
        var details = await PutJson(new VersionDetails(schema, file.Report?.Verdicts ?? []), ct);
        var profile = await profiles.Put(bench, file.Table, schema, ct);
        if (file.Contract is { } contract) { await contracts.Keep(contract, ct); }

        var evidence = new Dictionary<string, string> { ["digest"] = data.Digest, ["source"] = source.Digest, ["profile"] = profile, ["verdict"] = file.Verdict.ToString() };
        if (file.Contract is not null) { evidence["contract"] = file.Contract.Digest; }

        var answer = await gate.Ask(caller, Actions.AddVersion.Name, $"dataset/{name}", evidence, ct);
        if (answer.Refusal is { } refusal) { return refusal; }

        var change = changesContract ? await inForce.Ask(caller, name, file.Contract!, ct) : null;
        if (change?.Refusal is { } kept) { return kept; }

        return await db.Write<Result<(DatasetVersionView, bool)>>(tx =>
        {
            var dataset = DatasetStore.Find(tx, caller.Workspace, name);
            if (change is null && dataset?.ContractDigest != file.Contract?.Digest) { return ContractChanged(name); }

            var latest = VersionStore.Find(tx, caller.Workspace, name, null)?.View;
            if (latest is not null && latest.Digest == data.Digest && latest.SourceDigest == source.Digest && latest.ContractDigest == file.Contract?.Digest) { return (latest, false); }

            var view = new DatasetVersionView(
                name, (dataset?.Versions ?? 0) + 1, data.Digest, file.Table.Rows, file.Table.Columns.Count, data.SizeBytes, source.Digest, format, profile, file.Verdict, tx.Clock.NowMs(), caller.Id,
                file.Contract?.Digest);
            if (change is not null) { inForce.Put(tx, caller, name, dataset, file.Contract!, change.Policy); }

            DatasetStore.Save(tx, caller.Workspace, name, null, null, view.Version);
            TableStore.Save(tx, caller.Workspace, new StoredTable(data.Digest, view.Rows, view.Columns, view.SizeBytes, profile));
            VersionStore.Insert(tx, caller.Workspace, new StoredVersion(view, details));
            tx.Publish(caller, new DatasetVersionCreated(caller.Workspace, name, view.Version, view.Digest, profile, view.ContractDigest, view.Rows));
            tx.Audit(caller, Actions.AddVersion, $"dataset/{name}", latest, view, policy: answer.Policy);
            tx.AfterCommit(() => live.Send(new LiveChange("dataset", caller.Workspace, name)));
            return (view, true);
        }, ct);
    }

    // Another one came into force while the file was checked: what was found says nothing of it.
    private static Problem ContractChanged(string name) => new(
        409, "contract_changed", $"The dataset '{name}' got another contract while this file was checked; nothing was changed. Send the file again, and it is checked against the contract now in force.");

    private async Task<string> PutJson<T>(T value, CancellationToken ct)
    {
        using var json = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(value, WireJson.Options));
        return (await blobs.Put(json, ct)).Digest;
    }
}
