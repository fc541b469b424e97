namespace Slipway.Kernel;

/// <summary>Every limit of the server, in one place; <see cref="LimitTable"/> lists them for docs and tests.</summary>
public static class Limits
{
    public const int Connections = 20_000;
    public const int RequestHeaderBytes = 32 * 1024;
    public const int JsonBodyBytes = 16 * 1024 * 1024;
    public const int JsonDepth = 32;
    public const int JsonStringBytes = 1024 * 1024;
    public const long ArtifactBytes = 1L << 40;
    public const int TransferBufferBytes = 2 * 1024 * 1024;
    public const int UploadParts = 10_000;
    public const int OpenUploads = 1_000;
    public const int NameChars = 250;
    public const int IdempotencyKeyChars = 128;
    public const int QuerySeconds = 10;
    public const int QueryRows = 10_000;
    public const int PageRows = 1_000;
    public const int FilterChars = 100_000;
    public const int FilterClauses = 100;
    public const int FilterDepth = 20;

    // SQLite compares with patterns of at most 50,000 bytes, and * ? [ become three there.
    public const int FilterPatternBytes = 16_000;
    public const int CountedRuns = 200_000;
    public const long DesignCells = 20_000_000;
    public const int CategoryLevels = 100;
    public const long ModelFileBytes = 512L << 20;
    public const int WaitingWrites = 20_000;
    public const int WaitingReads = 20_000;
    public const int EventStreamsPerCaller = 1_000;
    public const int PipelineDefinitionBytes = 256 * 1024;
    public const int PipelineSteps = 500;
    public const int PipelineFiles = 100;
    public const long PipelineFileBytes = 16L << 30;
    public const int StepLogBytes = 4 * 1024 * 1024;
    public const long DatasetFileBytes = 1L << 32;
    public const int TableColumns = 2_000;
    public const long TableCells = 50_000_000;
    public const long TableTextBytes = 1L << 30;
    public const int ContractChars = 1_000_000;
    public const int PolicyBytes = 64 * 1024;
    public const int PolicyRows = 200;
    public const int ExceptionDays = 366;
    public const int EndpointsPerWorkspace = 500;
    public const int ShadowsPerEndpoint = 3;
    public const long ShadowQueueBytes = 64L << 20;
    public const int PredictionRows = 10_000;
    public const int MonitorDefinitionBytes = 64 * 1024;
    public const int ImportRuns = 500;
    public const int ImportPoints = 250_000;
    public const int LabelBatch = 5_000;
    public const int OutboundRequestBytes = 1024 * 1024;
    public const int OutboundAnswerBytes = 64 * 1024;
    public const int WebhooksPerWorkspace = 100;
    public const int WebhookPayloadBytes = 256 * 1024;
    public const int WebhookDeliveries = 10_000;
    public const int ObjectGrantsPerPrincipal = 1_000;
}
