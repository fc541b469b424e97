using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Slipway.Kernel.Contracts;

namespace Slipway.Client;

/// <summary>Speaks the native API of one server. Thread safe.</summary>
public sealed class SlipwayClient : IDisposable
{
    private readonly HttpClient _http;

    /// <param name="server">The server's address, such as <c>http://127.0.0.1:8080</c>.</param>
    /// <param name="key">An API key; null for the local owner of a server on this machine.</param>
    public SlipwayClient(Uri server, string? key)
        : this(server, key is null ? null : new AuthenticationHeaderValue("Bearer", key))
    {
    }

    private SlipwayClient(Uri server, AuthenticationHeaderValue? credentials)
    {
        Server = server;
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = server };
        _http.DefaultRequestHeaders.Authorization = credentials;
    }

    public Uri Server { get; }

    /// <summary>For a person who has no key yet, such as to make one.</summary>
    public static SlipwayClient WithPassword(Uri server, string name, string password) =>
        new(server, new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{password}"))));

    /// <exception cref="SlipwayException">The server refused, or cannot be reached.</exception>
    public async Task<T> Get<T>(string path, CancellationToken ct)
    {
        using var answer = await Send(HttpMethod.Get, path, ct);
        return await answer.Content.ReadFromJsonAsync<T>(WireJson.Options, ct) ?? throw new SlipwayException($"{path} answered without a body.");
    }

    /// <summary>The text of an answer that is not JSON.</summary>
    /// <exception cref="SlipwayException">The server refused, or cannot be reached.</exception>
    public async Task<string> GetText(string path, CancellationToken ct)
    {
        using var answer = await Send(HttpMethod.Get, path, ct);
        return await answer.Content.ReadAsStringAsync(ct);
    }

    /// <summary>Copies an answer of any length, without holding it in memory.</summary>
    /// <exception cref="SlipwayException">The server refused, or cannot be reached.</exception>
    public async Task Download(string path, Stream to, CancellationToken ct)
    {
        using var answer = await Send(HttpMethod.Get, path, ct);
        await answer.Content.CopyToAsync(to, ct);
    }

    /// <summary>Sends a record and reads one.</summary>
    /// <exception cref="SlipwayException">The server refused, or cannot be reached.</exception>
    public async Task<TAnswer> Post<TBody, TAnswer>(string path, TBody body, CancellationToken ct)
    {
        using var content = JsonContent.Create(body, options: WireJson.Options);
        return await Send<TAnswer>(HttpMethod.Post, path, content, ct);
    }

    /// <summary>Sends a record; the answer has nothing to read.</summary>
    /// <exception cref="SlipwayException">The server refused, or cannot be reached.</exception>
    public async Task Post<TBody>(string path, TBody body, CancellationToken ct)
    {
        using var content = JsonContent.Create(body, options: WireJson.Options);
        using var answer = await Send(HttpMethod.Post, path, ct, content);
    }

    /// <summary>Sends a record in place of what is there, and reads one.</summary>
    /// <exception cref="SlipwayException">The server refused, or cannot be reached.</exception>
    public async Task<TAnswer> Put<TBody, TAnswer>(string path, TBody body, CancellationToken ct)
    {
        using var content = JsonContent.Create(body, options: WireJson.Options);
        return await Send<TAnswer>(HttpMethod.Put, path, content, ct);
    }

    /// <exception cref="SlipwayException">The server refused, or cannot be reached.</exception>
    public async Task Delete(string path, CancellationToken ct)
    {
        using var answer = await Send(HttpMethod.Delete, path, ct);
    }

    /// <summary>Sends a file, or any other stream from where it stands, as it is.</summary>
    /// <param name="method">POST or PUT, as the route says.</param>
    /// <exception cref="SlipwayException">The server refused, or cannot be reached.</exception>
    public async Task<TAnswer> Upload<TAnswer>(HttpMethod method, string path, Stream file, string mediaType, CancellationToken ct)
    {
        using var content = new StreamContent(file);
        content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        return await Send<TAnswer>(method, path, content, ct);
    }

    public void Dispose() => _http.Dispose();

    private async Task<TAnswer> Send<TAnswer>(HttpMethod method, string path, HttpContent content, CancellationToken ct)
    {
        using var answer = await Send(method, path, ct, content);
        return await answer.Content.ReadFromJsonAsync<TAnswer>(WireJson.Options, ct) ?? throw new SlipwayException($"{path} answered without a body.");
    }

    private async Task<HttpResponseMessage> Send(HttpMethod method, string path, CancellationToken ct, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        HttpResponseMessage answer;
        try { answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct); }
        catch (HttpRequestException error) { throw new SlipwayException($"No Slipway server answers at {Server} ({error.Message})."); }

        if (answer.IsSuccessStatusCode) { return answer; }

        using (answer) { throw await SlipwayException.Of(answer, ct); }
    }
}
