using System.Text.Json.Nodes;
using Slipway.Kernel.Contracts;
using Slipway.Serving.Contracts;

namespace Slipway.Serving.Tests.V2;

public sealed class InferTests
{
    [Theory, EachDatabase]
    public async Task An_approved_version_answers_and_what_it_said_is_kept(string database)
    {
        await using var quay = await Quay.Serving(database, 0.5);

        using var answer = await quay.Server.Http.PostAsync("/v2/models/late/infer", new StringContent(Quay.Row[..^1] + ""","id":"mine","parameters":{"unit_id":"u-1"}}""", System.Text.Encoding.UTF8, "application/json"));
        var body = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;

        Assert.True((int)answer.StatusCode == 200, body.ToJsonString());
        var request = answer.Headers.GetValues("X-Request-Id").Single();
        Assert.Equal(("late", "1", "mine", request), ((string)body["model_name"]!, (string)body["model_version"]!, (string)body["id"]!, (string)body["parameters"]!["request_id"]!));
        var (score, decision) = (body["outputs"]![0]!, body["outputs"]![1]!);
        Assert.Equal(("FP64", "[1,1]"), ((string)score["datatype"]!, score["shape"]!.ToJsonString()));
        var value = (double)score["data"]![0]!;
        Assert.InRange(value, 0.01, 0.99);
        Assert.Equal(("decision", value >= 0.5 ? "prepay" : "invoice"), ((string)decision["name"]!, (string)decision["data"]![0]!));
        Assert.Equal(5, answer.Headers.GetValues("Server-Timing").Single().Split(", ").Length);

        var kept = (await quay.Kept(1))[0];
        Assert.Equal((request + "-0", 1, TrafficRole.Champion, "u-1", value), (kept.Id, kept.Version, kept.Role, kept.Unit, kept.Score));
        Assert.Equal(("40.5", "45", "\"no\""), (kept.Inputs["amount"].GetRawText(), kept.Inputs["days"].GetRawText(), kept.Inputs["known"].GetRawText()));
        var endpoint = await quay.Endpoint();
        Assert.Equal(("yes", 1L, 1L), (endpoint.Health.Verdict, endpoint.Counts.Requests, endpoint.Deployments[0].Predictions));
        Assert.Equal(["parse", "check", "infer", "write", "serialise"], endpoint.Counts.MeanMs!.Keys);
        Assert.True(endpoint.Deployments[0].Replicas.Single().Matches);
        Assert.Contains("slipway_serving_phase_duration_seconds", await quay.Server.Http.GetStringAsync("/metrics"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Data_may_be_nested_outputs_chosen_and_fields_in_any_order()
    {
        await using var quay = await Quay.Serving(TestDatabase.Sqlite, 0.5);

        var (status, body) = await quay.Infer(
            """
            {"outputs":[{"name":"prediction_id"},{"name":"model_version"},{"name":"decision"}],
             "inputs":[{"data":[["no"],["yes"]],"datatype":"BYTES","shape":[2,1],"name":"known"},{"name":"days","shape":[2],"datatype":"FP32","data":[45,10]},
                       {"name":"unit_id","shape":[2],"datatype":"BYTES","data":["a",7]},{"name":"amount","parameters":{"unit":"kg"},"shape":[2,1],"datatype":"FP64","data":[[40.5],[1e2]]}]}
            """, "/v2/models/late/versions/1/infer");

        Assert.True(status == 200, body.ToJsonString());
        var outputs = body["outputs"]!.AsArray().ToDictionary(output => (string)output!["name"]!, output => output!["data"]!.AsArray().Select(value => (string)value!).ToList());
        Assert.Equal(["decision", "model_version", "prediction_id"], outputs.Keys.Order());
        Assert.Equal(["1", "1"], outputs["model_version"]);
        Assert.Equal([$"{body["parameters"]!["request_id"]}-0", $"{body["parameters"]!["request_id"]}-1"], outputs["prediction_id"]);
        Assert.Equal(["7", "a"], (await quay.Kept(2)).Select(kept => kept.Unit));

        // One row alone is scored by a shorter way.
        var alone = (double)(await quay.Infer()).Body["outputs"]![0]!["data"]![0]!;
        var (_, both) = await quay.Infer("""{"inputs":[{"name":"amount","shape":[2],"datatype":"FP64","data":[40.5,1]},{"name":"days","shape":[2],"datatype":"INT64","data":[45,1]},{"name":"known","shape":[2],"datatype":"BYTES","data":["no","yes"]}]}""");
        Assert.Equal(alone, (double)both["outputs"]![0]!["data"]![0]!, 1e-15);
        Assert.Equal(alone, (double)(await quay.Infer()).Body["outputs"]![0]!["data"]![0]!);
        Assert.NotEqual(alone, (double)(await quay.Infer(Quay.Row.Replace("\"no\"", "\"yes\"", StringComparison.Ordinal))).Body["outputs"]![0]!["data"]![0]!);
    }

    [Fact]
    public async Task What_breaks_signature_or_contract_is_refused_with_field_value_row_and_what_is_right()
    {
        await using var quay = await Quay.Serving(TestDatabase.Sqlite, 0.5);
        static string With(string from, string to) => Quay.Row.Replace(from, to, StringComparison.Ordinal);
        (string Json, string Error)[] cases =
        [
            (With("40.5", "4000"), "Input 'amount' is 4000 in row 1; it must be a number at least 0 and at most 1000 in 'kg'."),
            (With("45", "45.5"), "Input 'days' is 45.5 in row 1; it must be a whole number at least 0 and at most 365 in 'd'."),
            (With("\"no\"", "\"maybe\""), "Input 'known' is 'maybe' in row 1; it must be one of yes, no."),
            (With("40.5", "null"), "Input 'amount' is missing in row 1; it must be a number at least 0 and at most 1000 in 'kg'."),
            (With("40.5", "\"much\""), "Input 'amount' is the text 'much' in row 1; it must be a number."),
            (With("[45]", "[45]},{\"name\":\"weight\",\"shape\":[1],\"datatype\":\"FP64\",\"data\":[1]"), "The model takes no input 'weight'; it takes amount, days, known."),
            (With(",{\"name\":\"known\",\"shape\":[1],\"datatype\":\"BYTES\",\"data\":[\"no\"]}", ""), "Input 'known' is missing; it must be one of yes, no."),
            (With("\"BYTES\"", "\"FP64\""), "Input 'known' cannot be read: the datatype is FP64; it must be BYTES."),
            (With("\"amount\",\"shape\":[1]", "\"amount\",\"shape\":[2]"), "Input 'amount' cannot be read: the shape [2] has 2 values, and 1 were given."),
            (With("\"amount\",\"shape\":[1]", "\"amount\",\"shape\":[1,2]"), "Input 'amount' cannot be read: the shape is [1, 2]; it must be [rows, 1] or [rows]."),
            (With("\"amount\",", "\"amount\",\"parameters\":{\"unit\":\"g\"},"), "The unit of input 'amount' is wrong: 'g' is not 'kg', the unit of the contract: 1 g is 0.001 kg; convert the values."),
            (With("\"amount\",", "\"amount\",\"parameters\":{\"unit\":\"m\"},"), "The unit of input 'amount' is wrong: 'm' measures something else than 'kg', the unit of the contract."),
            ("{", "The body is no JSON that can be read"), ("[]", "The body is no JSON object"), ("{}", "'inputs' is missing"),
            (Quay.Row[..^1] + ""","outputs":[{"name":"mood"}]}""", "There is no output 'mood'; there are probability, decision, model_version, prediction_id."),
        ];

        foreach (var (json, error) in cases)
        {
            var (status, body) = await quay.Infer(json);

            Assert.True(status == 400, $"{json}: {status} {body}");
            Assert.Contains(error, (string)body["error"]!, StringComparison.Ordinal);
        }

        Assert.Equal((0L, cases.Length), ((await quay.Endpoint()).Counts.Requests, (await quay.Endpoint()).Counts.Refused));
        Assert.Empty((await quay.Done<Page<PredictionView>>("GET", "endpoints/late/predictions")).Items);
        var refusals = (await quay.Done<Page<RefusalView>>("GET", "endpoints/late/refusals")).Items;
        Assert.Equal((cases.Length, 400), (refusals.Count, refusals[0].Status));
        Assert.Contains(cases[^1].Error, refusals[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metadata_and_health_are_the_protocols()
    {
        await using var quay = await Quay.Serving(TestDatabase.Sqlite, 0.5);
        var http = quay.Server.Http;

        Assert.Equal("""{"live":true}""", await http.GetStringAsync("/v2/health/live"));
        Assert.Equal("""{"ready":true}""", await http.GetStringAsync("/v2/health/ready"));
        Assert.Equal("slipway", (string)JsonNode.Parse(await http.GetStringAsync("/v2"))!["name"]!);
        var model = JsonNode.Parse(await http.GetStringAsync("/v2/models/late"))!;
        Assert.Equal("""["1"]""", model["versions"]!.ToJsonString());
        Assert.Equal("onnx_onnxv1", (string)model["platform"]!);
        Assert.Equal("""{"name":"amount","datatype":"FP64","shape":[-1,1],"parameters":{"unit":"kg","expected":"a number at least 0 and at most 1000 in \u0027kg\u0027"}}""", model["inputs"]![0]!.ToJsonString());
        Assert.Equal("""{"name":"late","ready":true}""", await http.GetStringAsync("/v2/models/late/ready"));
        Assert.Equal(404, (await quay.Infer(path: "/v2/models/early/infer")).Status);
        Assert.Equal(404, (await quay.Infer(path: "/v2/models/late/versions/2/infer")).Status);
        Assert.Equal(404, (int)(await http.GetAsync(new Uri("/v2/models/late/versions/9", UriKind.Relative))).StatusCode);
        Assert.Equal(200, (await quay.Infer(path: "/w/default/v2/models/late/infer")).Status);
        Assert.Equal(404, (await quay.Infer(path: "/w/elsewhere/v2/models/late/infer")).Status);
    }
}
