using Slipway.Serving.Ports;

namespace Slipway.Serving.Log;

/// <summary>A stretch of an endpoint's predictions that lies in one file. Thread safe.</summary>
internal interface IPart
{
    /// <summary>Its positions begin here.</summary>
    long First { get; }

    /// <summary>Of the last durable row; below <see cref="First"/> while there is none.</summary>
    long Last { get; }

    long Rows { get; }

    /// <summary>Earliest time in the ids of its requests.</summary>
    long MinMs { get; }

    long MaxMs { get; }

    /// <summary>The rows that are wanted, in the order of their positions.</summary>
    /// <param name="newest">When there are more than the limit: the last ones and not the first ones.</param>
    /// <exception cref="FileNotFoundException">The file went to another place meanwhile: look again.</exception>
    Task Read(RowQuery query, bool newest, List<Prediction> into, CancellationToken ct);
}
