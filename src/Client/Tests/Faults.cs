namespace Slipway.Client.Tests;

internal enum Trouble
{
    None,

    /// <summary>The request does not reach the server.</summary>
    LostRequest,

    /// <summary>The server has done it; its answer does not come back.</summary>
    LostAnswer,

    /// <summary>503, nothing done.</summary>
    Busy,

    /// <summary>It takes a while.</summary>
    Slow,
}

/// <summary>A network that misbehaves as it is told.</summary>
/// <param name="inner">The way to the server.</param>
/// <param name="trouble">Per request.</param>
internal sealed class FaultyNetwork(HttpMessageHandler inner, Func<HttpRequestMessage, Trouble> trouble) : DelegatingHandler(inner)
{
    public int Requests { get; private set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Requests++;
        switch (trouble(request))
        {
            case Trouble.LostRequest:
                throw new HttpRequestException(HttpRequestError.ConnectionError, "The connection was refused.");
            case Trouble.LostAnswer:
                using (await base.SendAsync(request, cancellationToken)) { throw new HttpRequestException(HttpRequestError.ResponseEnded, "The connection was lost."); }

            case Trouble.Busy:
                return new HttpResponseMessage(System.Net.HttpStatusCode.ServiceUnavailable) { Content = new StringContent("busy"), Headers = { { "Retry-After", "0" } } };
            case Trouble.Slow:
                await Task.Delay(5, cancellationToken);
                return await base.SendAsync(request, cancellationToken);
            default:
                return await base.SendAsync(request, cancellationToken);
        }
    }
}

/// <summary>A server that is a function.</summary>
internal sealed class Scripted(Func<HttpRequestMessage, Task<HttpResponseMessage>> answer) : HttpMessageHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => answer(request).WaitAsync(cancellationToken);
}

internal static class Clients
{
    /// <summary>A client without patience, for tests.</summary>
    public static SlipwayClientOptions Quick(Uri server, HttpMessageHandler? handler = null) =>
        new() { Server = server, Handler = handler, RetryDelay = TimeSpan.FromMilliseconds(1), RetryDelayMax = TimeSpan.FromMilliseconds(20), FlushEvery = TimeSpan.FromMilliseconds(20) };

    public static HttpMessageHandler Direct() => new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false };
}
