namespace Slipway.Kernel;

/// <summary>One limit: what it bounds, how much, where it is enforced and how an excess is answered.</summary>
public sealed record LimitRow(string Name, long Value, string Unit, string EnforcedBy, string Answer);

/// <summary>The limits as docs list them and tests walk them. At the edge of a foreign protocol that protocol's own limit wins; those rows say so.</summary>
public static class LimitTable
{
    public static readonly IReadOnlyList<LimitRow> Rows =
    [
        new("connections", Limits.Connections, "connections", "Kestrel", "connection closed"),
        new("request headers", Limits.RequestHeaderBytes, "bytes in all", "Kestrel", "431"),
        new("JSON body", Limits.JsonBodyBytes, "bytes", "Kestrel", "413"),
        new("JSON depth", Limits.JsonDepth, "levels", "JSON reader", "400"),
        new("JSON string", Limits.JsonStringBytes, "bytes", "handlers", "400"),
        new("artifact", Limits.ArtifactBytes, "bytes, streamed", "artifact routes", "413"),
        new("transfer buffer", Limits.TransferBufferBytes, "bytes of memory per upload or download", "blob store", "slower, not refused"),
        new("upload parts", Limits.UploadParts, "parts of an upload into the bucket", "artifact routes", "400"),
        new("open uploads", Limits.OpenUploads, "uploads into the bucket per caller and workspace", "artifact routes", "429"),
        new("name", Limits.NameChars, "characters", "handlers", "400"),
        new("idempotency key", Limits.IdempotencyKeyChars, "characters", "handlers", "400"),
        new("query time", Limits.QuerySeconds, "seconds", "Db", "503"),
        new("query rows", Limits.QueryRows, "rows", "handlers", "400"),
        new("page", Limits.PageRows, "rows", "handlers", "400"),
        new("filter", Limits.FilterChars, "characters", "searches", "400"),
        new("filter clauses", Limits.FilterClauses, "clauses", "searches", "400"),
        new("filter depth", Limits.FilterDepth, "levels of parentheses and NOT", "searches", "400"),
        new("filter pattern", Limits.FilterPatternBytes, "bytes", "LIKE and ILIKE in searches", "400"),
        new("counted runs", Limits.CountedRuns, "runs that a count counts", "searches", "the count says that there are at least so many"),
        new("design matrix", Limits.DesignCells, "numbers (rows × terms)", "step train", "the step fails"),
        new("category", Limits.CategoryLevels, "levels of one column", "steps train and evaluate", "the step fails"),
        new("model file", Limits.ModelFileBytes, "bytes that are loaded", "step evaluate", "the step fails"),
        new("waiting writes", Limits.WaitingWrites, "writes", "Db", "503 with Retry-After"),
        new("waiting reads", Limits.WaitingReads, "reads", "Db", "503 with Retry-After"),
        new("pipeline definition", Limits.PipelineDefinitionBytes, "bytes", "pipeline routes", "400"),
        new("pipeline steps", Limits.PipelineSteps, "steps per definition", "pipeline routes", "400"),
        new("pipeline files", Limits.PipelineFiles, "files per run", "pipeline routes", "400"),
        new("pipeline file", Limits.PipelineFileBytes, "bytes, streamed", "pipeline routes; outputs of command steps", "413; the step fails"),
        new("step log", Limits.StepLogBytes, "bytes per step of a run", "step log", "further lines are dropped, and the log says so"),
        new("event streams", Limits.EventStreamsPerCaller, "streams per caller", "/api/v1/events", "429"),
        new("dataset file", Limits.DatasetFileBytes, "bytes, streamed", "dataset routes", "413"),
        new("table columns", Limits.TableColumns, "columns", "dataset handlers", "422"),
        new("table in memory", Limits.TableCells, "cells (rows × columns)", "dataset handlers", "413"),
        new("text in memory", Limits.TableTextBytes, "bytes of the texts of a table, in UTF-8", "dataset handlers", "413"),
        new("contract", Limits.ContractChars, "characters", "dataset handlers", "400"),
        new("policy", Limits.PolicyBytes, "bytes of a policy or an inventory entry", "governance handlers", "400"),
        new("policy rows", Limits.PolicyRows, "rows, and tests beside them", "governance handlers", "400"),
        new("exception", Limits.ExceptionDays, "days until it ends", "governance handlers", "400"),
        new("endpoints", Limits.EndpointsPerWorkspace, "endpoints per workspace", "serving handlers", "409"),
        new("shadows", Limits.ShadowsPerEndpoint, "shadows per endpoint", "serving handlers", "409"),
        new("shadow queue", Limits.ShadowQueueBytes, "bytes of requests that wait for shadows", "shadow runner", "not predicted by shadows, and counted"),
        new("prediction rows", Limits.PredictionRows, "rows per request", "prediction routes", "413"),
        new("monitor definition", Limits.MonitorDefinitionBytes, "bytes", "monitor routes", "400"),
        new("import runs", Limits.ImportRuns, "experiments, runs, models or versions per request", "import routes", "400"),
        new("import points", Limits.ImportPoints, "points per request", "import routes", "400"),
        new("label batch", Limits.LabelBatch, "outcomes per request", "monitor routes", "400"),
        new("outbound request", Limits.OutboundRequestBytes, "bytes sent to an address that a user gave", "outbound client", "not sent"),
        new("outbound answer", Limits.OutboundAnswerBytes, "bytes read of what it answers", "outbound client", "the rest is left"),
        new("webhooks", Limits.WebhooksPerWorkspace, "webhooks per workspace", "webhook handlers", "409"),
        new("webhook payload", Limits.WebhookPayloadBytes, "bytes", "webhook handlers", "sent without its long fields, and says so"),
        new("webhook deliveries", Limits.WebhookDeliveries, "deliveries kept, and as many waiting, per webhook", "webhook handlers", "the oldest are deleted; new ones are noted as failed"),
        new("object grants", Limits.ObjectGrantsPerPrincipal, "experiments and models per person or program", "grant routes", "409"),
    ];
}
