using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Slipway.Kernel.Contracts;

namespace Slipway.Identity.Tests;

/// <summary>The native API as one caller sees it: with a cookie as a browser of this server's pages, with a key as a program.</summary>
internal sealed class Api(HttpClient http) : IDisposable
{
    public string? Cookie { get; set; }

    public string? Authorization { get; set; }

    /// <summary>Headers that go with every request; an empty <c>Origin</c> takes that of this server's pages away.</summary>
    public Dictionary<string, string> Headers { get; } = new(StringComparer.OrdinalIgnoreCase);

    public HttpClient Http => http;

    public Api With(string name, string value)
    {
        Headers[name] = value;
        return this;
    }

    public Task<Answer> Get(string path) => Send(HttpMethod.Get, path, null);

    public Task<Answer> Post(string path, object? body) => Send(HttpMethod.Post, path, body is null ? null : JsonContent.Create(body, options: WireJson.Options));

    public Task<Answer> PostText(string path, string body, string contentType = "application/json") =>
        Send(HttpMethod.Post, path, new StringContent(body, Encoding.UTF8, contentType));

    public Task<Answer> Delete(string path) => Send(HttpMethod.Delete, path, null);

    /// <summary>The body of a 2xx; anything else fails the test.</summary>
    public async Task<T> Get<T>(string path) => (await Get(path)).As<T>();

    public async Task<T> Post<T>(string path, object body) => (await Post(path, body)).As<T>();

    public async Task<Answer> Send(HttpMethod method, string path, HttpContent? content)
    {
        // As it is written: the client must not tidy the hostile spellings of paths.
        var address = new Uri(
            http.BaseAddress!.GetLeftPart(UriPartial.Authority) + (path.StartsWith('/') ? path : "/api/v1/" + path),
            new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        using var request = new HttpRequestMessage(method, address) { Content = content };
        if (Cookie is not null)
        {
            request.Headers.Add("Cookie", Cookie);
            if (method != HttpMethod.Get && !Headers.ContainsKey("Origin")) { request.Headers.Add("Origin", http.BaseAddress!.GetLeftPart(UriPartial.Authority)); }
        }

        if (Authorization is not null) { request.Headers.TryAddWithoutValidation("Authorization", Authorization); }

        foreach (var (name, value) in Headers.Where(header => header.Value.Length > 0)) { request.Headers.TryAddWithoutValidation(name, value); }

        using var response = await http.SendAsync(request);
        var answer = new Answer((int)response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers, response.Content.Headers.ContentType?.MediaType);
        if (answer.SetCookie is { } cookie) { Cookie = cookie.Split(';')[0] is var pair && pair.EndsWith('=') ? null : pair; }

        return answer;
    }

    public void Dispose() => http.Dispose();
}

internal sealed record Answer(int Status, string Body, HttpResponseHeaders Headers, string? MediaType)
{
    public string? SetCookie => Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies.Single() : null;

    public ProblemView Problem => JsonSerializer.Deserialize<ProblemView>(Body, WireJson.Options)!;

    public T As<T>()
    {
        Assert.True(Status is >= 200 and < 300, $"{Status}: {Body}");
        return JsonSerializer.Deserialize<T>(Body, WireJson.Options)!;
    }
}
