using System.ComponentModel.DataAnnotations;

namespace Slipway.Webhooks;

/// <summary>Settings of this module, under <c>webhooks</c>.</summary>
internal sealed class WebhooksOptions
{
    /// <summary>So many attempts are made to deliver, the first one included. Default 8; 1 to 20.</summary>
    [Range(1, 20, ErrorMessage = "webhooks: attempts may be {1} to {2}.")]
    public int Attempts { get; set; } = 8;

    /// <summary>Seconds from the first attempt to the second; each further wait is four times as long, at most six hours. Default 10 (eight attempts take about ten hours); 1 to 3,600.</summary>
    [Range(1, 3_600, ErrorMessage = "webhooks: retry-seconds may be {1} to {2}.")]
    public int RetrySeconds { get; set; } = 10;

    /// <summary>Deliveries that have ended are kept for so many days, and those that wait are given up after as many. Default 30; 1 to 3,650.</summary>
    [Range(1, 3_650, ErrorMessage = "webhooks: keep-days may be {1} to {2}.")]
    public int KeepDays { get; set; } = 30;
}
