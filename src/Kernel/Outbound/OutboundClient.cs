using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace Slipway.Kernel.Outbound;

/// <summary>
/// The one HTTP client for addresses that users give. The name is resolved once per call, each address is checked, and the connection goes to one of those addresses
/// and nowhere else: no redirect, no proxy, no cookie, no credential of the server, no connection kept for the next call. Thread safe.
/// </summary>
public sealed class OutboundClient : IDisposable
{
    private readonly OutboundRules _rules;
    private readonly OutboundMetrics _metrics;
    private readonly HttpMessageInvoker _http;
    private readonly TimeSpan _timeout;

    public OutboundClient(OutboundRules rules, OutboundMetrics metrics, IOptions<OutboundOptions> options)
    {
        (_rules, _metrics, _timeout) = (rules, metrics, TimeSpan.FromSeconds(options.Value.TimeoutSeconds));
        _http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            ConnectCallback = Connect,
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            Credentials = null,
            PreAuthenticate = false,
            AutomaticDecompression = DecompressionMethods.None,
            ActivityHeadersPropagator = null,
            PooledConnectionLifetime = TimeSpan.Zero,
            MaxResponseHeadersLength = 16,
            MaxResponseDrainSize = 0,
            ConnectTimeout = _timeout,
        });
    }

    /// <summary>Checks an address before it is saved; a refusal is counted.</summary>
    /// <returns>Null when it may be called.</returns>
    public async Task<OutboundRefusal?> Check(string url, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(_timeout);
        OutboundRefusal? refusal;
        try { refusal = await _rules.Check(url, limit.Token); }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            refusal = new OutboundRefusal(RefusalReason.Unknown, $"The name server did not answer within {_timeout.TotalSeconds:0} s.");
        }

        if (refusal is not null) { _metrics.Refused(refusal.Reason); }

        return refusal;
    }

    /// <summary>Makes the call; what goes wrong is in the answer.</summary>
    /// <exception cref="ArgumentException">The body, or what is to be read of the answer, is past its limit.</exception>
    /// <exception cref="OperationCanceledException">By <paramref name="ct"/>, not by the time limit.</exception>
    public async Task<OutboundAnswer> Send(OutboundCall call, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(call.Body?.Length ?? 0, Limits.OutboundRequestBytes, nameof(call));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(call.MostAnswerBytes, Limits.OutboundAnswerBytes, nameof(call));
        var clock = Stopwatch.StartNew();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(_timeout);
        OutboundAnswer answer;
        try { answer = await Ask(call, limit.Token); }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested) { answer = NoAnswer($"No whole answer came within {_timeout.TotalSeconds:0} s."); }
        catch (Exception error) when (error is HttpRequestException or IOException or SocketException)
        {
            answer = RefusalIn(error) is { } refusal ? Refused(refusal) : NoAnswer(Said(error));
        }

        answer = answer with { TookMs = clock.ElapsedMilliseconds };
        if (answer.Refusal is { } refused) { _metrics.Refused(refused.Reason); }
        else { _metrics.Called(answer); }

        return answer;
    }

    public void Dispose() => _http.Dispose();

    private async Task<OutboundAnswer> Ask(OutboundCall call, CancellationToken ct)
    {
        if (OutboundUrl.Read(call.Url, _rules.AllowHttp, out var refusal) is not { } url) { return Refused(refusal!); }

        using var request = new HttpRequestMessage(call.Method, url) { Version = HttpVersion.Version11, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        request.Headers.TryAddWithoutValidation("User-Agent", "Slipway");
        foreach (var (name, value) in call.Headers) { request.Headers.Add(name, value); }

        if (call.Body is { } body) { request.Content = new ByteArrayContent(body) { Headers = { ContentType = MediaTypeHeaderValue.Parse(call.ContentType) } }; }

        using var answer = await _http.SendAsync(request, ct);
        return new OutboundAnswer((int)answer.StatusCode, await Head(answer, call.MostAnswerBytes, ct), null, 0, RetryAfter(answer));
    }

    /// <summary>The only way to a socket: the addresses that the rules gave, and no other look-up after them.</summary>
    private async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var addresses = await _rules.Addresses(context.DnsEndPoint.Host, ct);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task<byte[]> Head(HttpResponseMessage answer, int most, CancellationToken ct)
    {
        await using var body = await answer.Content.ReadAsStreamAsync(ct);
        var bytes = new byte[most];
        var read = await body.ReadAtLeastAsync(bytes, most, throwOnEndOfStream: false, ct);
        return bytes[..read];
    }

    private static int? RetryAfter(HttpResponseMessage answer) =>
        answer.Headers.RetryAfter?.Delta is { TotalSeconds: >= 0 and < 1e6 } wait ? (int)wait.TotalSeconds : null;

    private static OutboundRefusal? RefusalIn(Exception? error) => error is null ? null : error is OutboundRefusedException refused ? refused.Refusal : RefusalIn(error.InnerException);

    private static OutboundAnswer Refused(OutboundRefusal refusal) => new(null, [], refusal.Detail, 0) { Refusal = refusal };

    private static OutboundAnswer NoAnswer(string error) => new(null, [], error, 0);

    private static string Said(Exception error) => error switch
    {
        { InnerException: System.Security.Authentication.AuthenticationException tls } => $"The certificate was not accepted: {tls.Message}",
        { InnerException: SocketException socket } => $"No connection: {socket.Message}",
        _ => error.Message,
    };
}
