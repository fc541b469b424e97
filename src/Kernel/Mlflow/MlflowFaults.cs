namespace Slipway.Kernel.Mlflow;

/// <summary>Faults that every room at the MLflow edge answers alike, in MLflow's sentences: its clients and their users look for them.</summary>
public static class MlflowFaults
{
    /// <summary>The code of a name that is taken: RESOURCE_ALREADY_EXISTS there.</summary>
    public const string AlreadyExists = "already_exists";

    /// <summary>The code of a change that the state of a thing does not allow: INVALID_STATE there.</summary>
    public const string InvalidState = "invalid_state";

    /// <summary>A required parameter is absent or empty.</summary>
    public static Problem Missing(string parameter) =>
        Problem.Invalid(parameter, $"Missing value for required parameter '{parameter}'. See the API docs for more information about request parameters.");

    /// <summary>A value of a type that the parameter does not take.</summary>
    /// <param name="json">The value as compact JSON.</param>
    /// <param name="type">Its type as Python names it.</param>
    public static Problem WrongType(string parameter, string json, string type) => Problem.Invalid(
        parameter, $"Invalid value {json} for parameter '{parameter}' supplied:  Hint: Value was of type '{type}'. See the API docs for more information about request parameters.");

    /// <summary>The fault of a page size below 1 or above <paramref name="most"/>; null when it is good.</summary>
    /// <param name="tooMany">What is said of more than <paramref name="most"/>; null = MLflow's hint of a wrong type.</param>
    public static Problem? LimitFault(long limit, int most, string? tooMany = null) =>
        limit < 1 ? Problem.Invalid("max_results", $"Invalid value {limit} for parameter 'max_results' supplied. It must be a positive integer")
        : limit <= most ? null
        : tooMany is null ? WrongType("max_results", $"{limit}", "int")
        : Problem.Invalid("max_results", $"Invalid value {limit} for parameter 'max_results' supplied. {tooMany}");
}
