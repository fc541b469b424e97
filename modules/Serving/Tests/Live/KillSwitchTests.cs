using System.Net;
using System.Text;
using Slipway.Serving.Contracts;

namespace Slipway.Serving.Tests.Live;

public sealed class KillSwitchTests
{
    [Theory, EachDatabase]
    public async Task A_request_whose_body_arrives_after_the_switch_was_thrown_is_not_answered(string database)
    {
        await using var quay = await Quay.Serving(database, 0.5);
        using var body = new HeldContent(Quay.Row);
        var answer = await Begin(quay, "/v2/models/late/infer", body);

        await quay.Done<EndpointView>("POST", "endpoints/late/stop", new EndpointReasonRequest("A drill."));
        body.Send();

        using var answered = await answer;
        Assert.Equal(503, (int)answered.StatusCode);
        Assert.Contains("A drill.", await answered.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task A_request_whose_body_arrives_after_its_version_was_taken_out_is_not_answered_by_it(string database)
    {
        await using var quay = await Quay.Serving(database, 0.5, 0.4);
        await quay.Done<EndpointView>("POST", "endpoints/late/deployments", new DeployRequest(2, TrafficRole.Canary, 0.3));
        using var canary = new HeldContent(Quay.Row);
        using var champion = new HeldContent(Quay.Row);
        var (toCanary, toChampion) = (await Begin(quay, "/v2/models/late/versions/2/infer", canary), await Begin(quay, "/v2/models/late/versions/1/infer", champion));

        await quay.Done<EndpointView>("PUT", "endpoints/late/traffic", new SetTrafficRequest(0.4));
        await quay.Done<EndpointView>("POST", "endpoints/late/rollback", new RollBackRequest("It denies too many.", 2));
        canary.Send();
        champion.Send();

        using var refused = await toCanary;
        Assert.Equal((503, TimeSpan.FromSeconds(1)), ((int)refused.StatusCode, refused.Headers.RetryAfter?.Delta));
        Assert.Contains("Version 2", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var answered = await toChampion;
        Assert.Equal(200, (int)answered.StatusCode);
    }

    /// <summary>Sends a request up to its body.</summary>
    /// <returns>The answer, once the body is sent.</returns>
    private static async Task<Task<HttpResponseMessage>> Begin(Quay quay, string path, HeldContent body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = body };
        // The server says "continue" when it begins to read the body, so it has looked at the switch by then.
        request.Headers.ExpectContinue = true;
        var answer = quay.Server.Http.SendAsync(request);
        await body.Wanted.WaitAsync(TimeSpan.FromSeconds(60));
        return answer;
    }

    private sealed class HeldContent : HttpContent
    {
        private readonly byte[] _bytes;
        private readonly TaskCompletionSource _wanted = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _sent = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public HeldContent(string json)
        {
            _bytes = Encoding.UTF8.GetBytes(json);
            Headers.ContentType = new("application/json");
        }

        public Task Wanted => _wanted.Task;

        public void Send() => _sent.SetResult();

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            _wanted.SetResult();
            await _sent.Task;
            await stream.WriteAsync(_bytes);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = _bytes.Length;
            return true;
        }
    }
}
