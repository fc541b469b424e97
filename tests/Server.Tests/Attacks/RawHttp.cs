using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Slipway.Server.Tests;

/// <summary>Sends bytes that no HTTP library would send, and gives back what came until the server closed or fell silent.</summary>
internal static class RawHttp
{
    public const string Crlf = "\r\n";

    /// <param name="server">Where to.</param>
    /// <param name="request">Latin-1 text, sent as it is. <c>{host}</c> stands for the server's own host and port.</param>
    /// <param name="quiet">Silence after which nothing more is expected; default 300 ms after the first answer.</param>
    public static async Task<string> Send(TestServer server, string request, TimeSpan? quiet = null)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(server.BaseAddress.Host, server.BaseAddress.Port);
        var stream = client.GetStream();
        try { await stream.WriteAsync(Encoding.Latin1.GetBytes(request.Replace("{host}", server.BaseAddress.Authority, StringComparison.Ordinal))); }
        catch (IOException) { /* refused before it was read to its end; the answer is there all the same */ }

        var answer = new StringBuilder();
        var buffer = new byte[16 * 1024];
        while (true)
        {
            using var limit = new CancellationTokenSource(answer.Length == 0 ? TimeSpan.FromSeconds(60) : quiet ?? TimeSpan.FromMilliseconds(300));
            try
            {
                var read = await stream.ReadAsync(buffer, limit.Token);
                if (read == 0) { return answer.ToString(); }

                answer.Append(Encoding.Latin1.GetString(buffer, 0, read));
            }
            catch (Exception error) when (error is OperationCanceledException or IOException) { return answer.ToString(); }
        }
    }

    /// <summary>Every status that was answered on the connection, in order.</summary>
    public static IReadOnlyList<int> Statuses(string answers) =>
        [.. answers.Split("HTTP/1.1 ").Skip(1).Select(answer => int.Parse(answer[..3], CultureInfo.InvariantCulture))];
}
