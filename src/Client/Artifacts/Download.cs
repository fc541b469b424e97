using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;

namespace Slipway.Client;

/// <summary>One file on its way down, taken up where a connection broke.</summary>
internal sealed class Download(SlipwayClient client, string address, string name)
{
    private const int BufferBytes = 128 * 1024;

    public async Task<string> To(Stream to, CancellationToken ct)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (received, said) = (0L, (string?)null);
        for (var attempt = 0; ; attempt++)
        {
            var before = received;
            try
            {
                var call = new Call(HttpMethod.Get, address, Repeat.Freely) { Transfers = true, Range = received > 0 ? new RangeHeaderValue(received, null) : null };
                using var answer = await client.Send(call, ct);
                var tag = answer.Headers.ETag?.Tag.Trim('"');
                if (received > 0 && (answer.StatusCode != HttpStatusCode.PartialContent || tag != said)) { throw new SlipwayException($"'{name}' was changed while it was downloaded."); }

                said = tag;
                await using var from = await answer.Content.ReadAsStreamAsync(ct);
                await Copy(from, to, hash, count => received += count, ct);
                break;
            }
            catch (Exception error) when (error is IOException or HttpRequestException)
            {
                // Every piece that arrived begins the count anew.
                if (received > before) { attempt = 0; }

                if (client.Pause(attempt) is not { } pause) { throw new SlipwayException($"The connection to {client.Server} broke while '{name}' was downloaded, after {received} bytes ({error.Message}).", error); }

                await Task.Delay(pause, client.Options.Clock, ct);
            }
        }

        var digest = Convert.ToHexStringLower(hash.GetHashAndReset());
        return said is not { Length: 64 } || said == digest ? digest : throw new SlipwayException($"'{name}' arrived damaged: its SHA-256 is {digest}, and {said} was promised.");
    }

    private static async Task Copy(Stream from, Stream to, IncrementalHash hash, Action<int> count, CancellationToken ct)
    {
        var buffer = new byte[BufferBytes];
        int read;
        while ((read = await from.ReadAsync(buffer, ct)) > 0)
        {
            hash.AppendData(buffer, 0, read);
            await to.WriteAsync(buffer.AsMemory(0, read), ct);
            count(read);
        }
    }
}
