using System.ComponentModel.DataAnnotations;

namespace Slipway.Tracking;

/// <summary>Settings of this module, under <c>tracking</c>.</summary>
internal sealed class TrackingOptions
{
    /// <summary>Deleted runs and experiments stay in the trash for so many days, then they are purged. Default 30; 0 = they stay until somebody purges them; at most 36,500.</summary>
    [Range(0, 36_500, ErrorMessage = "tracking: trash-days may be {1} (deleted runs stay until somebody purges them) to {2}.")]
    public int TrashDays { get; set; } = 30;
}
