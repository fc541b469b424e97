using System.Text;
using Slipway.Datasets.Ports;
using Slipway.Kernel;

namespace Slipway.Pipelines.Kinds;

/// <summary>Reads the data contracts that come with a run.</summary>
internal sealed class ContractFiles(IDatasets datasets, IBlobStore blobs)
{
    // Of UTF-8: four bytes a character at most. What is longer is refused before it is read.
    private const long MaxBytes = 4L * Limits.ContractChars;
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <returns>The text of a contract without faults; otherwise every fault, each with its place in the file.</returns>
    public async Task<Result<string>> Text(string digest, string name, CancellationToken ct)
    {
        if (await blobs.Find(digest, ct) is not { } blob) { return Problem.NotFound("file", name); }

        if (blob.SizeBytes > MaxBytes) { return new Problem(400, "contract_faulty", $"'{name}' has {blob.SizeBytes} bytes; a contract has at most {Limits.ContractChars} characters."); }

        using var content = new MemoryStream();
        await blobs.CopyTo(digest, null, content, ct);
        string text;
        try { text = Strict.GetString(content.GetBuffer(), 0, (int)content.Length); }
        catch (DecoderFallbackException) { return new Problem(400, "contract_faulty", $"'{name}' is no text in UTF-8; a contract in YAML belongs there."); }

        var faults = datasets.ContractFaults(text);
        return faults.Count == 0 ? text
            : new Problem(400, "contract_faulty", $"'{name}' is no sound contract: {string.Join(" ", faults.Select(fault => $"{fault.Field}: {fault.Detail}"))}") { Faults = faults };
    }
}
