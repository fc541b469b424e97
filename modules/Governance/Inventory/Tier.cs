using System.Globalization;
using Slipway.Governance.Contracts;

namespace Slipway.Governance.Inventory;

/// <summary>
/// How consequential a model is: materiality is exposure × purpose (SR 26-2), sharpened by further factors. The tier follows from the geometric mean of the scores, so that it stays on their
/// scale of 1 to 5 whatever their number.
/// </summary>
/// <param name="Number">1 (most consequential) to 4.</param>
/// <param name="Score">Geometric mean, 1 to 5.</param>
internal readonly record struct Tier(int Number, double Score)
{
    /// <summary>The least score of tiers 1 to 3; below the last one is tier 4.</summary>
    public static readonly IReadOnlyList<double> Cuts = [3.5, 2.5, 1.5];

    /// <param name="factors">At least one, each scored 1 to 5.</param>
    public static Tier Of(IReadOnlyDictionary<string, TierFactor> factors)
    {
        // The order of a product of small whole numbers changes nothing: it is exact up to 5^12.
        var product = factors.Values.Aggregate(1.0, (all, factor) => all * factor.Score);
        var number = Cuts.TakeWhile(cut => product < Math.Pow(cut, factors.Count)).Count() + 1;
        return new Tier(number, Math.Round(Math.Pow(product, 1.0 / factors.Count), 3));
    }

    public string Reason(IReadOnlyDictionary<string, TierFactor> factors) => string.Create(
        CultureInfo.InvariantCulture,
        $"{string.Join(" × ", factors.OrderBy(factor => factor.Key, StringComparer.Ordinal).Select(factor => $"{factor.Key} {factor.Value.Score}"))}: geometric mean {Score:0.##} of 5, "
        + $"{(Number == 4 ? $"below {Cuts[2]}" : $"from {Cuts[Number - 1]}")} it is tier {Number}.");
}
