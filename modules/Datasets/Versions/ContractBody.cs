using System.Text;
using Slipway.Kernel;

namespace Slipway.Datasets.Versions;

/// <summary>A contract as the body of a request: YAML in UTF-8.</summary>
internal static class ContractBody
{
    // Four bytes a character at most.
    private const int MaxBytes = Limits.ContractChars * 4;

    public static async Task<Result<ReadContract>> Read(Stream body, CancellationToken ct)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (await body.ReadAsync(buffer, ct) is var read and > 0)
        {
            if (bytes.Length + read > MaxBytes) { return Problem.Invalid("contract", $"The contract is longer than {Limits.ContractChars} characters."); }

            bytes.Write(buffer, 0, read);
        }

        try { return ContractTexts.Read(new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes.GetBuffer(), 0, (int)bytes.Length)); }
        catch (DecoderFallbackException) { return Problem.Invalid("contract", "The contract is no UTF-8 text."); }
    }
}
