using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Datasets.Contracts;
using Slipway.Datasets.Versions;
using Slipway.Kernel;

namespace Slipway.Datasets.Ingest;

/// <summary>The body of the request becomes the next version.</summary>
internal static class AddVersion
{
    /// <summary>
    /// <c>format</c>: csv, json or parquet. <c>contract</c>: digest of a contract from <see cref="AddContract"/>; absent = the one that the dataset has. 201 with the version; 200 with the newest
    /// one when it was made from the same file under the same contract; 409 <c>contract_changed</c> when another contract came into force while the file was checked; 422 <c>contract_violated</c> with a <see cref="CheckReport"/> as evidence.
    /// </summary>
    public static void Map(RouteGroupBuilder datasets) => datasets
        .MapPost("/{name}/versions", async (string name, string format, string? contract, HttpContext http, Caller caller, IngestFile handler, ContractTexts contracts, CancellationToken ct) =>
        {
            if ((caller.Lacks(Permissions.Write) ?? UploadedFile.Announced(http)) is { } refused) { return refused.ToHttp(); }

            ReadContract? given = null;
            if (contract is not null && (await contracts.Find(caller.Workspace, contract, ct)).Fails(out var unknown, out given)) { return unknown.ToHttp(); }

            var result = await handler.Handle(caller, name, format, given, bench => UploadedFile.Take(bench, http.Request.Body, ct), ct);
            return result.Fails(out var problem, out var made) ? problem.ToHttp()
                : made.Made ? Results.Created($"{Routes.Native}/w/{caller.Workspace}/datasets/{Uri.EscapeDataString(name)}/versions/{made.Version.Version}", made.Version)
                : Results.Ok(made.Version);
        })
        .WithName(nameof(AddVersion)).Needs(Permissions.Write).Accepts<Stream>("*/*")
        .Produces<DatasetVersionView>(201).Produces<DatasetVersionView>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(413).ProducesProblem(422);
}
