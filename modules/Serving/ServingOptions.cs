using System.ComponentModel.DataAnnotations;

namespace Slipway.Serving;

/// <summary>Settings of this module, under <c>serving</c>.</summary>
internal sealed class ServingOptions
{
    /// <summary>Predictions are kept for so many days. Default 400; 1 to 36,500.</summary>
    [Range(1, 36_500, ErrorMessage = "serving: log-days may be {1} to {2}.")]
    public int LogDays { get; set; } = 400;

    /// <summary>A segment of the prediction log that has grown to so many MiB is closed and becomes a Parquet file. Default 64; 1 to 256.</summary>
    [Range(1, 256, ErrorMessage = "serving: log-segment-mib may be {1} to {2}.")]
    public int LogSegmentMib { get; set; } = 64;

    /// <summary>True: nothing is predicted while the prediction log cannot be written (503). False: predictions go on, and those that were not logged are counted. Default true.</summary>
    public bool LogRequired { get; set; } = true;
}
