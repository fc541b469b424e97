using System.Text.Json.Nodes;

namespace Slipway.Webhooks.Events;

/// <summary>The <c>data</c> that a test sends, by event.</summary>
internal static class Samples
{
    public static JsonObject Of(EventKind kind) => kind.IsMlflow ? Mlflow(kind) : new JsonObject { ["workspace"] = "default", ["subject"] = "sample", ["sample"] = true };

    private static JsonObject Mlflow(EventKind kind)
    {
        var about = kind.Entity!;
        var data = new JsonObject { ["name"] = about.StartsWith("PROMPT", StringComparison.Ordinal) ? "example_prompt" : "example_model" };
        if (about is "BUDGET_POLICY") { return new() { ["budget_policy_id"] = "example_policy", ["limit"] = 100, ["spent"] = 101 }; }

        if (about.Contains("VERSION", StringComparison.Ordinal) && !about.EndsWith("ALIAS", StringComparison.Ordinal)) { data["version"] = "1"; }

        if (about.EndsWith("_TAG", StringComparison.Ordinal))
        {
            data["key"] = "example_key";
            if (kind.Action == "SET") { data["value"] = "example_value"; }
        }
        else if (about.EndsWith("_ALIAS", StringComparison.Ordinal))
        {
            data["alias"] = "example_alias";
            if (kind.Action == "CREATED") { data["version"] = "1"; }
        }
        else
        {
            if (about == "MODEL_VERSION") { (data["source"], data["run_id"]) = ("models:/123", "abcd1234abcd5678"); }

            if (about == "PROMPT_VERSION") { data["template"] = "Hello {{name}}!"; }

            (data["tags"], data["description"]) = (new JsonObject { ["example_key"] = "example_value" }, "An example");
        }

        return data;
    }
}
