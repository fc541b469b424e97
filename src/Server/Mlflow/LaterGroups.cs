namespace Slipway.Server;

/// <summary>One area of the MLflow protocol that no room of this server speaks yet.</summary>
/// <param name="Area">As docs/mlflow.md lists it; begins the sentence that clients read.</param>
/// <param name="Lines">A route a line, method and path: <c>2.0/…</c> and <c>3.0/…</c> below both addresses, the rest as it is.</param>
internal sealed record LaterGroup(string Area, string Lines);

/// <summary>
/// What MLflow 3.11 has and this server has not, route by route. A line goes out of here when its route is real: the test of the whole inventory fails on a route that is in both or in neither.
/// </summary>
internal static class LaterGroups
{
    public static readonly IReadOnlyList<LaterGroup> All =
    [
        new("Traces",
            """
            PATCH 2.0/mlflow/traces/{request_id}/tags
            PATCH 3.0/mlflow/traces/{trace_id}/tags
            DELETE 2.0/mlflow/traces/{request_id}/tags
            DELETE 3.0/mlflow/traces/{trace_id}/tags
            POST 2.0/mlflow/traces
            PATCH 2.0/mlflow/traces/{request_id}
            GET 2.0/mlflow/traces/{request_id}/info
            GET 3.0/mlflow/traces/{trace_id}
            GET 3.0/mlflow/traces/get
            GET 3.0/mlflow/traces/batchGet
            POST 3.0/mlflow/traces/batchGetInfos
            GET 2.0/mlflow/traces
            POST 3.0/mlflow/traces/search
            POST 3.0/mlflow/traces
            POST 2.0/mlflow/traces/link-to-run
            POST 2.0/mlflow/traces/link-prompts
            POST 2.0/mlflow/traces/delete-traces
            POST 3.0/mlflow/traces/delete-traces
            POST 3.0/mlflow/traces/calculate-filter-correlation
            POST 3.0/mlflow/traces/metrics
            GET 2.0/mlflow/get-online-trace-details
            POST /v1/traces
            GET /ajax-api/2.0/mlflow/get-trace-artifact
            GET /ajax-api/3.0/mlflow/get-trace-artifact
            """),
        new("Assessments",
            """
            GET 3.0/mlflow/traces/{trace_id}/assessments/{assessment_id}
            POST 3.0/mlflow/traces/{trace_id}/assessments
            PATCH 3.0/mlflow/traces/{trace_id}/assessments/{assessment_id}
            DELETE 3.0/mlflow/traces/{trace_id}/assessments/{assessment_id}
            """),
        new("Scorers",
            """
            POST 3.0/mlflow/scorers/register
            GET 3.0/mlflow/scorers/list
            GET 3.0/mlflow/scorers/versions
            GET 3.0/mlflow/scorers/get
            DELETE 3.0/mlflow/scorers/delete
            POST /ajax-api/3.0/mlflow/scorer/invoke
            """),
        new("Evaluation datasets",
            """
            POST 3.0/mlflow/datasets/create
            GET 3.0/mlflow/datasets/{dataset_id}
            DELETE 3.0/mlflow/datasets/{dataset_id}
            POST 3.0/mlflow/datasets/search
            GET 3.0/mlflow/datasets/search
            PATCH 3.0/mlflow/datasets/{dataset_id}/tags
            DELETE 3.0/mlflow/datasets/{dataset_id}/tags/{key}
            POST 3.0/mlflow/datasets/{dataset_id}/records
            GET 3.0/mlflow/datasets/{dataset_id}/experiment-ids
            GET 3.0/mlflow/datasets/{dataset_id}/records
            DELETE 3.0/mlflow/datasets/{dataset_id}/records
            POST 3.0/mlflow/datasets/{dataset_id}/add-experiments
            POST 3.0/mlflow/datasets/{dataset_id}/remove-experiments
            """),
        new("Issues",
            """
            POST 3.0/mlflow/issues
            PATCH 3.0/mlflow/issues/{issue_id}
            GET 3.0/mlflow/issues/{issue_id}
            POST 3.0/mlflow/issues/search
            POST /ajax-api/3.0/mlflow/issues/invoke
            """),
        new("Prompt optimisation",
            """
            POST 3.0/mlflow/prompt-optimization/jobs
            GET 3.0/mlflow/prompt-optimization/jobs/{job_id}
            POST 3.0/mlflow/prompt-optimization/jobs/search
            GET 3.0/mlflow/prompt-optimization/jobs/search
            POST 3.0/mlflow/prompt-optimization/jobs/{job_id}/cancel
            DELETE 3.0/mlflow/prompt-optimization/jobs/{job_id}
            """),
        new("The AI gateway",
            """
            POST 3.0/mlflow/gateway/secrets/create
            GET 3.0/mlflow/gateway/secrets/get
            POST 3.0/mlflow/gateway/secrets/update
            DELETE 3.0/mlflow/gateway/secrets/delete
            GET 3.0/mlflow/gateway/secrets/list
            POST 3.0/mlflow/gateway/endpoints/create
            GET 3.0/mlflow/gateway/endpoints/get
            POST 3.0/mlflow/gateway/endpoints/update
            DELETE 3.0/mlflow/gateway/endpoints/delete
            GET 3.0/mlflow/gateway/endpoints/list
            POST 3.0/mlflow/gateway/model-definitions/create
            GET 3.0/mlflow/gateway/model-definitions/get
            GET 3.0/mlflow/gateway/model-definitions/list
            POST 3.0/mlflow/gateway/model-definitions/update
            DELETE 3.0/mlflow/gateway/model-definitions/delete
            POST 3.0/mlflow/gateway/endpoints/models/attach
            POST 3.0/mlflow/gateway/endpoints/models/detach
            POST 3.0/mlflow/gateway/endpoints/bindings/create
            DELETE 3.0/mlflow/gateway/endpoints/bindings/delete
            GET 3.0/mlflow/gateway/endpoints/bindings/list
            POST 3.0/mlflow/gateway/endpoints/set-tag
            DELETE 3.0/mlflow/gateway/endpoints/delete-tag
            POST 3.0/mlflow/gateway/budgets/create
            GET 3.0/mlflow/gateway/budgets/get
            POST 3.0/mlflow/gateway/budgets/update
            DELETE 3.0/mlflow/gateway/budgets/delete
            GET 3.0/mlflow/gateway/budgets/list
            GET 3.0/mlflow/gateway/budgets/windows
            POST 3.0/mlflow/gateway/guardrails/create
            GET 3.0/mlflow/gateway/guardrails/get
            DELETE 3.0/mlflow/gateway/guardrails/delete
            GET 3.0/mlflow/gateway/guardrails/list
            POST 3.0/mlflow/gateway/guardrails/add-to-endpoint
            DELETE 3.0/mlflow/gateway/guardrails/remove-from-endpoint
            GET 3.0/mlflow/gateway/guardrails/list-for-endpoint
            PATCH 3.0/mlflow/gateway/guardrails/update-config
            GET /ajax-api/2.0/mlflow/gateway-proxy
            POST /ajax-api/2.0/mlflow/gateway-proxy
            GET /ajax-api/3.0/mlflow/gateway/supported-providers
            GET /ajax-api/3.0/mlflow/gateway/supported-models
            GET /ajax-api/3.0/mlflow/gateway/provider-config
            GET /ajax-api/3.0/mlflow/gateway/secrets/config
            POST /gateway/{endpoint}/mlflow/invocations
            POST /gateway/mlflow/v1/chat/completions
            POST /gateway/openai/v1/chat/completions
            POST /gateway/openai/v1/embeddings
            POST /gateway/openai/v1/responses
            POST /gateway/anthropic/v1/messages
            POST /gateway/gemini/v1beta/models/{endpoint}:generateContent
            POST /gateway/gemini/v1beta/models/{endpoint}:streamGenerateContent
            """),
        new("MLflow's roles, and permissions on what comes later",
            """
            POST 3.0/mlflow/roles/create
            GET 3.0/mlflow/roles/get
            GET 3.0/mlflow/roles/list
            PATCH 3.0/mlflow/roles/update
            DELETE 3.0/mlflow/roles/delete
            POST 3.0/mlflow/roles/assign
            DELETE 3.0/mlflow/roles/unassign
            POST 3.0/mlflow/roles/permissions/add
            DELETE 3.0/mlflow/roles/permissions/remove
            GET 3.0/mlflow/roles/permissions/list
            PATCH 3.0/mlflow/roles/permissions/update
            GET 3.0/mlflow/roles/users/list
            GET 3.0/mlflow/users/roles/list
            POST 3.0/mlflow/scorers/permissions/create
            GET 3.0/mlflow/scorers/permissions/get
            PATCH 3.0/mlflow/scorers/permissions/update
            DELETE 3.0/mlflow/scorers/permissions/delete
            POST 3.0/mlflow/gateway/secrets/permissions/create
            GET 3.0/mlflow/gateway/secrets/permissions/get
            PATCH 3.0/mlflow/gateway/secrets/permissions/update
            DELETE 3.0/mlflow/gateway/secrets/permissions/delete
            POST 3.0/mlflow/gateway/endpoints/permissions/create
            GET 3.0/mlflow/gateway/endpoints/permissions/get
            PATCH 3.0/mlflow/gateway/endpoints/permissions/update
            DELETE 3.0/mlflow/gateway/endpoints/permissions/delete
            POST 3.0/mlflow/gateway/model-definitions/permissions/create
            GET 3.0/mlflow/gateway/model-definitions/permissions/get
            PATCH 3.0/mlflow/gateway/model-definitions/permissions/update
            DELETE 3.0/mlflow/gateway/model-definitions/permissions/delete
            """),
        new("GraphQL",
            """
            GET /graphql
            POST /graphql
            """),
        new("Helpers of MLflow's own pages",
            """
            POST /ajax-api/2.0/mlflow/runs/create-promptlab-run
            GET /ajax-api/3.0/mlflow/jobs/{id}
            PATCH /ajax-api/3.0/mlflow/jobs/cancel/{id}
            POST /ajax-api/3.0/mlflow/demo/generate
            POST /ajax-api/3.0/mlflow/demo/delete
            GET /ajax-api/3.0/mlflow/ui-telemetry
            POST /ajax-api/3.0/mlflow/ui-telemetry
            """),
    ];
}
