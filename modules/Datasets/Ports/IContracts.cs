using Slipway.Kernel;

namespace Slipway.Datasets.Ports;

/// <summary>What contracts say of single values, for rooms that meet values one by one. Asks for no permission: who knows a contract's digest got it from a record that they may read. Thread safe.</summary>
public interface IContracts
{
    /// <summary>The columns of a stored contract, in its order.</summary>
    /// <param name="digest">SHA-256 of the contract's YAML in the blob store.</param>
    /// <returns>404 when there is no such blob; the faults of a text that is no contract.</returns>
    Task<Result<IReadOnlyList<ContractField>>> Fields(string digest, CancellationToken ct);

    /// <summary>Why a value in one unit may not be taken for a value in another; null when both are the same, such as <c>1</c> and <c>{ratio}</c>.</summary>
    /// <param name="given">As the sender writes it.</param>
    /// <param name="expected">UCUM unit of a contract; null when it names none.</param>
    string? UnitFault(string given, string? expected);
}

/// <summary>What a contract says of one value of a column; what it leaves open is null.</summary>
/// <param name="Type"><c>string</c>, <c>integer</c>, <c>number</c>, <c>boolean</c>, <c>date</c>, <c>timestamp</c> or <c>time</c>.</param>
/// <param name="Required">A missing value breaks the contract.</param>
/// <param name="Unit">UCUM.</param>
public sealed record ContractField(string Name, string? Type, bool Required, string? Unit)
{
    public double? Minimum { get; init; }

    public double? Maximum { get; init; }

    public double? ExclusiveMinimum { get; init; }

    public double? ExclusiveMaximum { get; init; }

    public double? MultipleOf { get; init; }

    public long? MinLength { get; init; }

    public long? MaxLength { get; init; }

    /// <summary>Regular expression of the whole value; takes time linear in the value.</summary>
    public string? Pattern { get; init; }

    /// <summary>The only right values, as text.</summary>
    public IReadOnlyList<string>? Allowed { get; init; }
}
