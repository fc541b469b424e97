namespace Slipway.DuckDb;

/// <summary>Why a statement or a session failed.</summary>
public enum DuckDbErrorKind
{
    /// <summary>The SQL itself: syntax, a name that does not exist, a wrong number or type of parameters.</summary>
    Statement,

    /// <summary>A value: conversion, range, constraint, or one that this binding cannot carry.</summary>
    Value,

    /// <summary>A file that is missing, damaged or not of the format.</summary>
    File,

    /// <summary>Something that the worker's locked configuration forbids.</summary>
    Denied,

    /// <summary>More memory, or more temporary files, than the session may use; the session goes on, unless the worker died of it.</summary>
    OutOfMemory,

    /// <summary>The time limit; the worker was killed, the session is over.</summary>
    TimedOut,

    /// <summary>The worker process ended by itself or by a signal; the session is over.</summary>
    Crashed,

    /// <summary>The library or the program of the worker cannot be found or loaded.</summary>
    Library,

    /// <summary>Anything else that DuckDB reports.</summary>
    Other,
}

/// <summary>A failure of DuckDB or of its worker process. The message is DuckDB's own, or says what happened to the process.</summary>
public sealed class DuckDbException : Exception
{
    /// <param name="kind">Why.</param>
    /// <param name="message">One or more sentences for people.</param>
    /// <param name="inner">What it came from, if anything.</param>
    public DuckDbException(DuckDbErrorKind kind, string message, Exception? inner = null)
        : base(message, inner) => Kind = kind;

    /// <summary>Why it failed.</summary>
    public DuckDbErrorKind Kind { get; }
}
