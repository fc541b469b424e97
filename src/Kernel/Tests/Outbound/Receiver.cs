using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Slipway.Kernel.Tests.Outbound;

/// <summary>A server on loopback that counts who connects, keeps what it was sent, and answers everybody the same.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<string> _requests = new();
    private readonly byte[]? _answer;
    private readonly Task _serving;
    private int _connections;

    private Receiver(byte[]? answer)
    {
        _answer = answer;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _serving = Serve();
    }

    public int Port { get; }

    public string Url => $"http://127.0.0.1:{Port}/";

    public int Connections => _connections;

    public IReadOnlyList<string> Requests => [.. _requests];

    /// <param name="head">Status line after the version, with further headers.</param>
    public static Receiver Answering(string head, string body) =>
        new(Encoding.UTF8.GetBytes($"HTTP/1.1 {head}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}"));

    /// <summary>Takes requests and never answers.</summary>
    public static Receiver Silent() => new(null);

    public async ValueTask DisposeAsync()
    {
        if (_stop.IsCancellationRequested) { return; }

        await _stop.CancelAsync();
        _listener.Stop();
        await _serving;
    }

    private async Task Serve()
    {
        while (!_stop.IsCancellationRequested)
        {
            TcpClient client;
            try { client = await _listener.AcceptTcpClientAsync(_stop.Token); }
            catch (Exception error) when (error is OperationCanceledException or SocketException) { return; }

            Interlocked.Increment(ref _connections);
            _ = Answer(client);
        }
    }

    private async Task Answer(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                _requests.Enqueue(await Request(stream, _stop.Token));
                if (_answer is null) { await Task.Delay(Timeout.Infinite, _stop.Token); }
                else { await stream.WriteAsync(_answer, _stop.Token); }
            }
            catch (Exception error) when (error is OperationCanceledException or IOException) { /* it has heard enough */ }
        }
    }

    /// <summary>The whole request: an answer before its end would be lost with the connection.</summary>
    private static async Task<string> Request(NetworkStream stream, CancellationToken ct)
    {
        var text = "";
        for (var buffer = new byte[64 * 1024]; ;)
        {
            var read = await stream.ReadAsync(buffer, ct);
            text += Encoding.UTF8.GetString(buffer, 0, read);
            var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            var length = text.Split("\r\n").FirstOrDefault(line => line.StartsWith("Content-Length: ", StringComparison.OrdinalIgnoreCase))?[16..];
            if (read == 0 || (end >= 0 && text.Length >= end + 4 + int.Parse(length ?? "0", System.Globalization.CultureInfo.InvariantCulture))) { return text; }
        }
    }
}
