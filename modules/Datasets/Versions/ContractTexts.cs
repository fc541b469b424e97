using System.Security.Cryptography;
using System.Text;
using Slipway.Datasets.Contracts;
using Slipway.Datasets.Odcs;
using Slipway.Kernel;

namespace Slipway.Datasets.Versions;

/// <summary>A contract that has been read, with its text.</summary>
/// <param name="Digest">SHA-256 of the text in UTF-8.</param>
internal sealed record ReadContract(string Text, string Digest, DataContract Contract)
{
    public DataContractView View => new(Digest, Contract.Id, Contract.Version, Contract.Status, Contract.Name);

    /// <summary>Units by column.</summary>
    public IReadOnlyDictionary<string, string> Units => Contract.Columns.Where(column => column.Unit is not null).ToDictionary(column => column.Name, column => column.Unit!.Text, StringComparer.Ordinal);
}

/// <summary>Texts of contracts are blobs; which of them a workspace knows are rows.</summary>
internal sealed class ContractTexts(Db db, IBlobStore blobs)
{
    /// <summary>A contract as it comes in. A byte order mark is no part of it: the same contract has one digest, however it was sent.</summary>
    public static Result<ReadContract> Read(string text) => Stored(text.TrimStart('\ufeff'));

    private static Result<ReadContract> Stored(string text) =>
        ContractReader.Read(text).Then(contract => new ReadContract(text, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))), contract));

    /// <summary>Stores the text; the row follows in the caller's transaction.</summary>
    public async Task Keep(ReadContract contract, CancellationToken ct)
    {
        using var text = new MemoryStream(Encoding.UTF8.GetBytes(contract.Text));
        await blobs.Put(text, ct);
    }

    /// <summary>A contract that the workspace knows.</summary>
    public async Task<Result<ReadContract>> Find(string workspace, string digest, CancellationToken ct)
    {
        if (!BlobDigest.IsValid(digest) || await db.Read(tx => DatasetStore.FindContract(tx, workspace, digest), ct) is null) { return Problem.NotFound("contract", Shown(digest)); }

        return Stored(await Text(digest, ct));
    }

    public async Task<string> Text(string digest, CancellationToken ct)
    {
        using var text = new MemoryStream();
        await blobs.CopyTo(digest, null, text, ct);
        return Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
    }

    private static string Shown(string digest) => digest.Length <= BlobDigest.HexDigits ? digest : digest[..BlobDigest.HexDigits] + "…";
}
