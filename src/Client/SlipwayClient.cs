using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Slipway.Client;

/// <summary>
/// One server: experiments, runs, artifacts and models by name, everything else of its native API by path. Thread safe; one for a whole program is enough.
/// What was not taken up or may be repeated is tried again, with growing pauses; what is made is made once, also when an answer is lost.
/// </summary>
public sealed class SlipwayClient : IDisposable
{
    private readonly HttpClient _http;
    private readonly Transport _transport;

    /// <summary>A server and a key.</summary>
    /// <param name="server">The server's address, such as <c>http://127.0.0.1:8080</c>.</param>
    /// <param name="key">An API key; null for the local owner of a server on this machine.</param>
    public SlipwayClient(Uri server, string? key)
        : this(new SlipwayClientOptions { Server = server, Key = key })
    {
    }

    /// <summary>Server, key and workspace from the environment (<see cref="SlipwayClientOptions.FromEnvironment"/>).</summary>
    /// <exception cref="SlipwayException">The address in the environment is none of a server.</exception>
    public SlipwayClient()
        : this(SlipwayClientOptions.FromEnvironment())
    {
    }

    /// <summary>Everything said.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A figure of the options is out of its range.</exception>
    public SlipwayClient(SlipwayClientOptions options)
    {
        Options = options.Checked();
        _http = Options.Handler is { } handler
            ? new HttpClient(handler, disposeHandler: false)
            : new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(10) });
        _http.BaseAddress = Options.Server;
        _http.Timeout = System.Threading.Timeout.InfiniteTimeSpan;
        _http.DefaultRequestHeaders.Authorization = (Options.User, Options.Key) switch
        {
            (_, null) => null,
            (null, var key) => new AuthenticationHeaderValue("Bearer", key),
            var (user, password) => new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"))),
        };
        _transport = new Transport(_http, Options);
        (Experiments, Runs, Artifacts, Models) = (new ExperimentClient(this), new RunClient(this), new ArtifactClient(this), new ModelClient(this));
    }

    /// <summary>The server's address.</summary>
    public Uri Server => Options.Server;

    /// <summary>Where <see cref="Experiments"/>, <see cref="Runs"/>, <see cref="Artifacts"/> and <see cref="Models"/> are.</summary>
    public string Workspace => Options.Workspace;

    /// <summary>Groups of runs.</summary>
    public ExperimentClient Experiments { get; }

    /// <summary>Runs and what they log.</summary>
    public RunClient Runs { get; }

    /// <summary>Files of runs.</summary>
    public ArtifactClient Artifacts { get; }

    /// <summary>Registered models and their versions.</summary>
    public ModelClient Models { get; }

    internal SlipwayClientOptions Options { get; }

    /// <summary>For a person who has no key yet, such as to make one.</summary>
    public static SlipwayClient WithPassword(Uri server, string name, string password) => new(new SlipwayClientOptions { Server = server, User = name, Key = password });

    /// <summary>Reads a record.</summary>
    /// <param name="path">From the server's root, such as <c>/api/v1/w/default/runs</c>; <c>docs/openapi.json</c> lists them.</param>
    /// <exception cref="SlipwayException">The server refused, or cannot be reached.</exception>
    public Task<T> Get<T>(string path, CancellationToken ct) => Ask<T>(new Call(HttpMethod.Get, path, Repeat.Freely), ct);

    /// <summary>The text of an answer that is not JSON.</summary>
    /// <exception cref="SlipwayException">The server refused, or cannot be reached.</exception>
    public async Task<string> GetText(string path, CancellationToken ct)
    {
        using var answer = await _transport.Send(new Call(HttpMethod.Get, path, Repeat.Freely), ct);
        return await answer.Content.ReadAsStringAsync(ct);
    }

    /// <summary>Copies an answer of any length, without holding it in memory.</summary>
    /// <exception cref="SlipwayException">The server refused, or cannot be reached.</exception>
    public async Task Download(string path, Stream to, CancellationToken ct)
    {
        using var answer = await _transport.Send(new Call(HttpMethod.Get, path, Repeat.Freely) { Transfers = true }, ct);
        await answer.Content.CopyToAsync(to, ct);
    }

    /// <summary>Sends a record and reads one.</summary>
    /// <exception cref="SlipwayException">The server refused, or cannot be reached.</exception>
    public Task<TAnswer> Post<TBody, TAnswer>(string path, TBody body, CancellationToken ct) => Ask<TAnswer>(Native(HttpMethod.Post, path, Repeat.WhenRefused, body), ct);

    /// <summary>Sends a record; the answer has nothing to read.</summary>
    /// <exception cref="SlipwayException">The server refused, or cannot be reached.</exception>
    public async Task Post<TBody>(string path, TBody body, CancellationToken ct)
    {
        using var answer = await _transport.Send(Native(HttpMethod.Post, path, Repeat.WhenRefused, body), ct);
    }

    /// <summary>Sends a record in place of what is there, and reads one.</summary>
    /// <exception cref="SlipwayException">The server refused, or cannot be reached.</exception>
    public Task<TAnswer> Put<TBody, TAnswer>(string path, TBody body, CancellationToken ct) => Ask<TAnswer>(Native(HttpMethod.Put, path, Repeat.Freely, body), ct);

    /// <summary>Removes what is there.</summary>
    /// <exception cref="SlipwayException">The server refused, or cannot be reached.</exception>
    public async Task Delete(string path, CancellationToken ct)
    {
        using var answer = await _transport.Send(new Call(HttpMethod.Delete, path, Repeat.WhenRefused), ct);
    }

    /// <summary>Sends a file, or any other stream from where it stands, as it is, once.</summary>
    /// <param name="method">POST or PUT, as the route says.</param>
    /// <param name="path">From the server's root.</param>
    /// <param name="file">Read to its end; not closed.</param>
    /// <param name="mediaType">Such as <c>text/csv</c>.</param>
    /// <param name="ct">Stops it.</param>
    /// <exception cref="SlipwayException">The server refused, or cannot be reached.</exception>
    public async Task<TAnswer> Upload<TAnswer>(HttpMethod method, string path, Stream file, string mediaType, CancellationToken ct)
    {
        var call = new Call(method, path, Repeat.WhenRefused, Replay.Of(file, (stream, length) => new HashedContent(stream, length, mediaType))) { Transfers = true };
        using var answer = await _transport.Send(call, ct);
        return await Read<TAnswer>(answer, path, ClientJson.Native, ct);
    }

    /// <summary>Closes its connections; runs that are open must be finished first.</summary>
    public void Dispose() => _http.Dispose();

    /// <summary>Makes what has a name of its own: sent again, it is refused as there already.</summary>
    internal Task<TAnswer> Create<TBody, TAnswer>(string path, TBody body, CancellationToken ct) => Ask<TAnswer>(Native(HttpMethod.Post, path, Repeat.Freely, body), ct);

    /// <summary>A path of the native API in this client's workspace.</summary>
    internal string NativePath(string rest) => $"/api/v1/w/{Uri.EscapeDataString(Workspace)}/{rest}";

    /// <summary>A path of the MLflow protocol in this client's workspace.</summary>
    /// <param name="rest">Such as <c>mlflow/runs/create</c>.</param>
    internal string MlflowPath(string rest) => $"/w/{Uri.EscapeDataString(Workspace)}/api/2.0/{rest}";

    /// <summary>A call of the MLflow protocol; nothing is read of its answer.</summary>
    /// <param name="repeat">Points, parameters, tags and states are the same when they come twice; what is refused the second time is not.</param>
    internal async Task Mlflow<TBody>(HttpMethod method, string path, TBody body, CancellationToken ct, Repeat repeat = Repeat.Freely)
    {
        using var answer = await _transport.Send(MlflowCall(method, path, body) with { Repeat = repeat }, ct);
    }

    /// <param name="once">It makes a thing, which the server makes once under the key that is sent with it.</param>
    internal async Task<TAnswer> Mlflow<TBody, TAnswer>(HttpMethod method, string path, TBody body, CancellationToken ct, bool once = false, Repeat repeat = Repeat.Freely)
    {
        var call = MlflowCall(method, path, body) with { Repeat = repeat, IdempotencyKey = once ? RandomNumberGenerator.GetHexString(32, lowercase: true) : null };
        using var answer = await _transport.Send(call, ct);
        return await Read<TAnswer>(answer, path, ClientJson.Mlflow, ct);
    }

    internal async Task<TAnswer> GetMlflow<TAnswer>(string path, CancellationToken ct)
    {
        using var answer = await _transport.Send(new Call(HttpMethod.Get, MlflowPath(path), Repeat.Freely), ct);
        return await Read<TAnswer>(answer, path, ClientJson.Mlflow, ct);
    }

    internal Task<HttpResponseMessage> Send(Call call, CancellationToken ct) => _transport.Send(call, ct);

    internal TimeSpan? Pause(int attempt) => attempt < Options.Retries ? _transport.Pause(attempt, null) : null;

    private static Call Native<TBody>(HttpMethod method, string path, Repeat repeat, TBody body) => new(method, path, repeat, Json(body, ClientJson.Native));

    private Call MlflowCall<TBody>(HttpMethod method, string path, TBody body) =>
        new(method, MlflowPath(path), Repeat.Freely, Json(body, ClientJson.Mlflow));

    private static Func<HttpContent> Json<TBody>(TBody body, JsonSerializerOptions options)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(body, options);
        return () => new ByteArrayContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
    }

    private async Task<T> Ask<T>(Call call, CancellationToken ct)
    {
        using var answer = await _transport.Send(call, ct);
        return await Read<T>(answer, call.Path, ClientJson.Native, ct);
    }

    private static async Task<T> Read<T>(HttpResponseMessage answer, string path, JsonSerializerOptions json, CancellationToken ct)
    {
        try { return await answer.Content.ReadFromJsonAsync<T>(json, ct) ?? throw new SlipwayException($"{path} answered without a body."); }
        catch (JsonException error) { throw new SlipwayException($"{path} answered what this client cannot read ({error.Message}); is it a Slipway server, and is the client as new as it?", error); }
    }
}
