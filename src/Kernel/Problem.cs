namespace Slipway.Kernel;

/// <summary>What went wrong as a matter of course, for people and programs.</summary>
/// <param name="Status">HTTP status, 400 to 599.</param>
/// <param name="Code">Stable name of the kind of problem, snake_case; programs may switch on it.</param>
/// <param name="Detail">One sentence: what was wrong, with which value, and what would be right.</param>
public sealed record Problem(int Status, string Code, string Detail)
{
    /// <summary>The field, parameter or setting at fault; null when it is none in particular.</summary>
    public string? Field { get; init; }

    /// <summary>Every fault of an input that has several; each names its field.</summary>
    public IReadOnlyList<Fault> Faults { get; init; } = [];

    /// <summary>What was found, as a wire record, when a sentence cannot hold it (such as a report of broken rules); null otherwise.</summary>
    public object? Evidence { get; init; }

    /// <summary>Seconds after which it is worth trying again (<c>Retry-After</c>); null when waiting does not help.</summary>
    public int? RetryAfterSeconds { get; init; }

    /// <summary>
    /// The thing is there, but this caller may not know: it is answered as if it were not. A foreign protocol that tells the two apart may say forbidden instead.
    /// </summary>
    public bool Hidden { get; init; }

    public static Problem Invalid(string field, string detail) => new(400, "invalid", detail) { Field = field };

    public static Problem Invalid(IReadOnlyList<Fault> faults) =>
        new(400, "invalid", string.Join(" ", faults.Select(fault => fault.Detail))) { Field = faults[0].Field, Faults = faults };

    public static Problem NotFound(string kind, string id) => new(404, "not_found", $"There is no {kind} '{id}' here.");

    public static Problem Conflict(string code, string detail) => new(409, code, detail);

    public static Problem Forbidden(string detail) => new(403, "forbidden", detail);

    public static Problem Unauthenticated(string detail) => new(401, "unauthenticated", detail);
}

/// <summary>One fault of one field.</summary>
public sealed record Fault(string Field, string Detail);
