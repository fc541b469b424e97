namespace Slipway.Webhooks.Mlflow;

/// <summary>By MLflow's numbers.</summary>
internal enum WebhookEntity
{
    RegisteredModel = 1,
    ModelVersion = 2,
    ModelVersionTag = 3,
    ModelVersionAlias = 4,
    Prompt = 5,
    PromptVersion = 6,
    PromptTag = 7,
    PromptVersionTag = 8,
    PromptAlias = 9,
    BudgetPolicy = 10,
}

/// <inheritdoc cref="WebhookEntity"/>
internal enum WebhookAction
{
    Created = 1,
    Updated = 2,
    Deleted = 3,
    Set = 4,
    Exceeded = 5,
}

/// <inheritdoc cref="WebhookEntity"/>
internal enum WebhookStatus
{
    Active = 1,
    Disabled = 2,
}

internal static class WireNames
{
    /// <summary>As MLflow writes it: <c>MODEL_VERSION</c>.</summary>
    public static string Of<T>(T value)
        where T : struct, Enum => string.Concat(value.ToString().Select((c, i) => i > 0 && char.IsUpper(c) ? $"_{c}" : $"{c}")).ToUpperInvariant();
}
