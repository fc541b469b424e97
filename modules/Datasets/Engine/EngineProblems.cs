using Slipway.DuckDb;
using Slipway.Kernel;

namespace Slipway.Datasets.Engine;

/// <summary>What the engine says, for the one who sent the file.</summary>
internal static class EngineProblems
{
    private const int MaxChars = 600;

    public static Problem Of(DuckDbException error) => error.Kind switch
    {
        DuckDbErrorKind.Library => new Problem(503, "engine_missing", error.Message),
        DuckDbErrorKind.TimedOut => new Problem(422, "took_too_long", $"Working on the file took too long and was stopped: {Short(error)}"),
        DuckDbErrorKind.OutOfMemory => new Problem(422, "too_large", $"Working on the file needs more memory than the settings allow (datasets: worker-memory-mib): {Short(error)}"),
        DuckDbErrorKind.Crashed => new Problem(422, "unreadable_file", $"The worker ended over this file; nothing was changed: {Short(error)}"),
        _ => new Problem(422, "unreadable_file", $"The file cannot be read: {Short(error)}"),
    };

    /// <summary>Runs work on a bench; what the engine refuses becomes a problem.</summary>
    public static async Task<Result<T>> Try<T>(Func<Task<Result<T>>> work)
    {
        try { return await work(); }
        catch (DuckDbException error) { return Of(error); }
    }

    private static string Short(DuckDbException error)
    {
        var lines = error.Message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var text = string.Join(' ', lines.Take(6));
        return text.Length <= MaxChars ? text : text[..MaxChars] + "…";
    }
}
