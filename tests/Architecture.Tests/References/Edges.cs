namespace Slipway.Architecture.Tests;

/// <summary>The architecture as data: which module may call which other one's ports. A new edge is an ADR.</summary>
internal static class Edges
{
    /// <summary>The order in which a model meets the modules: classic line, generative line, platform. Calls go to earlier ones; facts make earlier ones act.</summary>
    public static readonly IReadOnlyList<string> Order =
    [
        "Identity", "Datasets", "Pipelines", "Tracking", "Training", "Registry", "Governance", "Serving", "Monitoring",
        "Gateway", "Guardrails", "Prompts", "Evaluation", "Traces", "Knowledge", "Tools", "Reviews",
        "Catalog", "Adoption", "Costs", "Webhooks", "Answers",
    ];

    /// <summary>From, to.</summary>
    public static readonly IReadOnlyList<(string From, string To)> Allowed =
    [
        ("Pipelines", "Identity"), ("Pipelines", "Datasets"), // 0019
        ("Training", "Datasets"), ("Training", "Pipelines"), ("Training", "Tracking"), // 0015
        ("Registry", "Datasets"), // 0018
        ("Registry", "Pipelines"), // 0018
        ("Registry", "Tracking"), // 0018
        ("Governance", "Identity"), ("Governance", "Registry"), // 0020
        ("Serving", "Datasets"), ("Serving", "Registry"), ("Serving", "Governance"), // 0020
        ("Monitoring", "Datasets"), ("Monitoring", "Pipelines"), ("Monitoring", "Training"), ("Monitoring", "Registry"), ("Monitoring", "Governance"), ("Monitoring", "Serving"), // 0020
        ("Webhooks", "Tracking"), ("Webhooks", "Registry"), ("Webhooks", "Governance"), ("Webhooks", "Serving"), ("Webhooks", "Monitoring"), // 0023
        ("Answers", "Registry"), ("Answers", "Governance"), ("Answers", "Serving"), ("Answers", "Monitoring"), // 0020
    ];

    /// <summary>Which module may use which engine (DESIGN: bindings over C libraries that know nothing of ours): module, project below <c>src/</c>.</summary>
    public static readonly IReadOnlyList<(string From, string To)> Engines = [("Datasets", "DuckDb"), ("Training", "OnnxRuntime"), ("Serving", "OnnxRuntime"), ("Serving", "DuckDb")];
}
