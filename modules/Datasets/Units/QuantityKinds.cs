namespace Slipway.Datasets.Units;

/// <summary>What units a kind of quantity is measured in, by the names of QUDT; a kind that is not here is taken as it is.</summary>
internal static class QuantityKinds
{
    private static readonly Dictionary<string, string> UnitOf = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Dimensionless"] = "1", ["DimensionlessRatio"] = "1", ["Count"] = "1", ["Length"] = "m", ["Distance"] = "m", ["Height"] = "m", ["Area"] = "m2", ["Volume"] = "L", ["Mass"] = "g",
        ["Time"] = "s", ["Duration"] = "s", ["Frequency"] = "Hz", ["Speed"] = "m/s", ["Velocity"] = "m/s", ["Acceleration"] = "m/s2", ["Force"] = "N", ["Pressure"] = "Pa", ["Energy"] = "J",
        ["Power"] = "W", ["Temperature"] = "K", ["ThermodynamicTemperature"] = "K", ["ElectricCurrent"] = "A", ["Voltage"] = "V", ["ElectricPotential"] = "V", ["Resistance"] = "Ohm",
        ["Angle"] = "rad", ["PlaneAngle"] = "rad", ["Density"] = "g/L", ["MassConcentration"] = "g/L", ["AmountOfSubstance"] = "mol", ["AmountOfSubstanceConcentration"] = "mol/L",
        ["InformationEntropy"] = "bit", ["LuminousIntensity"] = "cd", ["Illuminance"] = "lx", ["AbsorbedDose"] = "Gy", ["Impulse"] = "N.s", ["Momentum"] = "N.s", ["Torque"] = "N.m",
    };

    /// <summary>What is wrong when a unit cannot measure the kind; null when it can, or when the kind is not known here.</summary>
    public static string? Fault(string kind, Unit unit)
    {
        if (!UnitOf.TryGetValue(kind, out var sample) || !UnitParser.TryParse(sample, out var measure, out _) || unit.IsComparableTo(measure)) { return null; }

        return $"the unit '{unit.Text}' ({unit.Dimension}) cannot measure the quantity kind '{kind}', which has units like '{sample}' ({measure.Dimension})";
    }
}
