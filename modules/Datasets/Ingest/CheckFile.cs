using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Datasets.Contracts;
using Slipway.Datasets.Engine;
using Slipway.Datasets.Versions;
using Slipway.Kernel;

namespace Slipway.Datasets.Ingest;

/// <summary>Compares a file with a contract and keeps nothing: a broken rule is a verdict here, not a refusal.</summary>
internal sealed class CheckFile(Db db, Workbenches benches, ContractTexts contracts)
{
    /// <summary><c>format</c> and <c>contract</c> as for <see cref="AddVersion"/>; the body is the file.</summary>
    public static void Map(RouteGroupBuilder datasets) => datasets
        .MapPost("/{name}/check", async (string name, string format, string? contract, HttpContext http, Caller caller, CheckFile handler, CancellationToken ct) =>
            UploadedFile.Announced(http) is { } tooLarge ? tooLarge.ToHttp() : (await handler.Handle(caller, name, format, contract, http.Request.Body, ct)).ToHttp())
        .WithName(nameof(CheckFile)).Needs(Permissions.Write).Accepts<Stream>("*/*")
        .Produces<CheckReport>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(413).ProducesProblem(422);

    public async Task<Result<CheckReport>> Handle(Caller caller, string name, string format, string? contractDigest, Stream body, CancellationToken ct)
    {
        if ((caller.Lacks(Permissions.Write) ?? DatasetName.Fault(name) ?? Tables.SourceFormat.Fault(format)) is { } refused) { return refused; }

        var digest = contractDigest ?? (await db.Read(tx => DatasetStore.Find(tx, caller.Workspace, name), ct))?.ContractDigest;
        if (digest is null) { return new Problem(404, "no_contract", $"The dataset '{name}' has no contract to check against; set one, or name one by its digest."); }

        if ((await contracts.Find(caller.Workspace, digest, ct)).Fails(out var unknown, out var contract)) { return unknown; }

        await using var bench = benches.Open();
        return await EngineProblems.Try<CheckReport>(async () =>
            await UploadedFile.Take(bench, body, ct) is { } tooLarge ? tooLarge
                : (await OpenedFile.Open(bench, format, contract, ct)).Then(file => file.Report!));
    }
}
