using Slipway.Datasets.Ports;

namespace Slipway.Datasets.Profile;

/// <summary>Adds values one after the other: the formulas of <see cref="Moments"/> for a second set of equal values.</summary>
internal sealed class MomentsBuilder
{
    private long _count;
    private double _mean, _m2, _m3, _m4;

    /// <param name="value">Finite.</param>
    /// <param name="count">How often it occurs, at least once.</param>
    public void Add(double value, long count)
    {
        double na = _count, nb = count;
        var d = value - _mean;
        var dn = d / (na + nb);
        var step = d * dn * na * nb;
        _m4 += (step * dn * dn * ((na * na) - (na * nb) + (nb * nb))) + (6 * dn * dn * nb * nb * _m2) - (4 * dn * nb * _m3);
        _m3 += (step * dn * (na - nb)) - (3 * dn * nb * _m2);
        _m2 += step;
        _mean += dn * nb;
        _count += count;
    }

    public Moments Build() => new(_count, _mean, _m2, _m3, _m4);
}
