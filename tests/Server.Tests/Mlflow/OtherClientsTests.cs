using System.Text;
using System.Text.Json.Nodes;

namespace Slipway.Server.Tests;

/// <summary>Requests in the forms that the clients of Java and R and older ones of Python send, from the specification of the protocol.</summary>
public sealed class OtherClientsTests
{
    [Theory, EachDatabase]
    public async Task Javas_requests_name_a_run_twice_and_write_long_numbers_as_text(string database)
    {
        await using var server = await TestServer.Start(database);
        var experiment = (string)(await Post(server, "experiments/create", """{"name":"java"}"""))["experiment_id"]!;
        var run = (string)(await Post(server, "runs/create", $$"""{"experiment_id":"{{experiment}}","user_id":"ada","start_time":"1700000000000"}"""))["run"]!["info"]!["run_uuid"]!;
        var both = $"\"run_uuid\":\"{run}\",\"run_id\":\"{run}\"";

        await Post(server, "runs/log-metric", $$"""{ {{both}},"key":"loss","value":0.5,"timestamp":"1700000000001","step":"1"}""");
        await Post(server, "runs/log-metric", $$"""{ {{both}},"key":"loss","value":"NaN","timestamp":"1700000000002","step":"2"}""");
        await Post(server, "runs/log-parameter", $$"""{ {{both}},"key":"lr","value":"0.1"}""");
        await Post(server, "runs/set-tag", $$"""{ {{both}},"key":"team","value":"risk"}""");
        await Post(server, "runs/log-batch", $$"""{"run_id":"{{run}}","metrics":[{"key":"auc","value":0.9,"timestamp":"1700000000001","step":"0"}],"params":[{"key":"depth","value":"3"}]}""");
        await Post(server, "runs/update", $$"""{ {{both}},"status":"FINISHED","end_time":"1700000000009"}""");

        var info = (await Get(server, $"runs/get?run_uuid={run}&run_id={run}"))["run"]!["info"]!;
        Assert.Equal(("FINISHED", 1_700_000_000_009, experiment), ((string)info["status"]!, (long)info["end_time"]!, (string)info["experiment_id"]!));
        // Without max_results: MLflow itself gives none, its Java and R clients never ask again.
        var history = (await Get(server, $"metrics/get-history?run_uuid={run}&run_id={run}&metric_key=loss"))["metrics"]!.AsArray();
        Assert.Equal(["0.5", "\"NaN\""], history.Select(point => point!["value"]!.ToJsonString()));
        var found = await Post(server, "runs/search", $$"""{"experiment_ids":["{{experiment}}"],"filter":"metrics.auc > 0.5","run_view_type":"ACTIVE_ONLY","max_results":50000}""");
        Assert.Single(found["runs"]!.AsArray());
        Assert.Equal(experiment, (string)(await Get(server, "experiments/get-by-name?experiment_name=java"))["experiment"]!["experiment_id"]!);
        Assert.Equal($"mlflow-artifacts:/{experiment}/{run}/artifacts", (string)(await Get(server, $"artifacts/list?run_uuid={run}&run_id={run}"))["root_uri"]!);

        await Post(server, "registered-models/create", """{"name":"java"}""");
        await Post(server, "model-versions/create", $$"""{"name":"java","source":"mlflow-artifacts:/{{experiment}}/{{run}}/artifacts/model","run_id":"{{run}}"}""");
        Assert.Equal("1", (string)(await Get(server, "registered-models/get-latest-versions?name=java&stages=None&stages=Production"))["model_versions"]![0]!["version"]!);
        Assert.EndsWith("/artifacts/model", (string)(await Get(server, "model-versions/get-download-uri?name=java&version=1"))["artifact_uri"]!, StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task Rs_requests_write_every_number_as_a_double_and_leave_sizes_out(string database)
    {
        await using var server = await TestServer.Start(database);
        var experiment = (string)(await Post(server, "experiments/create", """{"name":"r","artifact_location":null,"tags":[]}"""))["experiment_id"]!;
        var run = (string)(await Post(server, "runs/create", $$"""{"experiment_id":"{{experiment}}","user_id":"ada","start_time":1.7e+12,"tags":[{"key":"mlflow.source.name","value":"train.R"}]}"""))["run"]!["info"]!["run_id"]!;

        await Post(server, "runs/log-metric", $$"""{"run_uuid":"{{run}}","run_id":"{{run}}","key":"loss","value":1,"timestamp":1700000000001.0,"step":0.0}""");
        await Post(server, "runs/log-batch", $$"""{"run_id":"{{run}}","metrics":[{"key":"auc","value":0.75,"timestamp":1.7e12,"step":0}],"params":[],"tags":[]}""");
        await Post(server, "runs/update", $$"""{"run_uuid":"{{run}}","run_id":"{{run}}","status":"FINISHED","end_time":1700000000010}""");

        Assert.Single((await Get(server, $"metrics/get-history?run_uuid={run}&run_id={run}&metric_key=loss"))["metrics"]!.AsArray());
        Assert.Single((await Post(server, "runs/search", $$"""{"experiment_ids":["{{experiment}}"],"filter":"","run_view_type":"ACTIVE_ONLY","order_by":[]}"""))["runs"]!.AsArray());
        Assert.Equal(2, (await Post(server, "experiments/search", """{"view_type":"ACTIVE_ONLY","max_results":1000}"""))["experiments"]!.AsArray().Count);
    }

    [Theory, EachDatabase]
    public async Task Older_clients_send_a_GET_with_a_body_and_optional_fields_in_camelCase(string database)
    {
        await using var server = await TestServer.Start(database);
        var run = (string)(await Post(server, "runs/create", """{"experiment_id":"0","startTime":"5","runName":"camel"}"""))["run"]!["info"]!["run_id"]!;

        var read = await Ask(server, HttpMethod.Get, "/api/2.0/mlflow/runs/get", $$"""{"run_uuid":"{{run}}"}""");
        Assert.Equal(("camel", 5), ((string)read["run"]!["info"]!["run_name"]!, (long)read["run"]!["info"]!["start_time"]!));
        var found = await Ask(server, HttpMethod.Post, "/ajax-api/2.0/mlflow/runs/search", """{"experiment_ids":["0"],"maxResults":1,"orderBy":["attributes.start_time DESC"],"runViewType":"ALL"}""");
        Assert.Equal(run, (string)found["runs"]![0]!["info"]!["run_id"]!);
    }

    private static Task<JsonNode> Post(TestServer server, string verb, string json) => Ask(server, HttpMethod.Post, "/api/2.0/mlflow/" + verb, json);

    private static Task<JsonNode> Get(TestServer server, string verb) => Ask(server, HttpMethod.Get, "/api/2.0/mlflow/" + verb, null);

    private static async Task<JsonNode> Ask(TestServer server, HttpMethod method, string path, string? json)
    {
        using var request = new HttpRequestMessage(method, path) { Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json") };
        using var answer = await server.Http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{method} {path}: {(int)answer.StatusCode} {text}");
        return JsonNode.Parse(text)!;
    }
}
