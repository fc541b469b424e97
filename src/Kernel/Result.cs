using System.Diagnostics.CodeAnalysis;

namespace Slipway.Kernel;

/// <summary>What a transaction looks at: a failed outcome rolls its own changes back.</summary>
public interface IOutcome
{
    Problem? Problem { get; }
}

/// <summary>A value or the problem that stands in its place.</summary>
public readonly struct Result<T> : IOutcome
{
    private readonly T? _value;

    private Result(T? value, Problem? problem) => (_value, Problem) = (value, problem);

    public Problem? Problem { get; }

    /// <exception cref="InvalidOperationException">The result holds a problem: look at it first.</exception>
    public T Value => Problem is null ? _value! : throw new InvalidOperationException($"No value: {Problem.Detail}");

    public bool Fails([NotNullWhen(true)] out Problem? problem, [MaybeNullWhen(true)] out T value)
    {
        (problem, value) = (Problem, _value);
        return problem is not null;
    }

    public Result<TNext> Then<TNext>(Func<T, TNext> next) => Problem is { } problem ? problem : next(_value!);

#pragma warning disable CA2225 // the named alternates would say less than the conversion does
    public static implicit operator Result<T>(T value) => new(value, null);

    public static implicit operator Result<T>(Problem problem) => new(default, problem);
#pragma warning restore CA2225
}

/// <summary>The value of an outcome that has none.</summary>
public readonly record struct Done
{
    public static readonly Done Value;
}
