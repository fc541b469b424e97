namespace Slipway.Datasets.Units;

/// <summary>A unit symbol that cannot be taken apart.</summary>
/// <param name="Metric">Takes prefixes.</param>
internal sealed record UnitAtom(double Scale, Dimension Dimension, bool Metric = false, double Offset = 0);

/// <summary>
/// The common atoms of UCUM 2.2 (tables 2 and following), as facts: scale to metre, second, gram, radian, kelvin, coulomb, candela. UCUM is copyright
/// Regenstrief Institute; its notice is in docs/datasets.md.
/// </summary>
internal static class UnitAtoms
{
    private static readonly Dimension One = Dimension.None;
    private static readonly Dimension Length = One with { M = 1 };
    private static readonly Dimension Area = One with { M = 2 };
    private static readonly Dimension Volume = One with { M = 3 };
    private static readonly Dimension Time = One with { S = 1 };
    private static readonly Dimension Frequency = One with { S = -1 };
    private static readonly Dimension Mass = One with { G = 1 };
    private static readonly Dimension Temperature = One with { K = 1 };
    private static readonly Dimension Force = new(1, -2, 1, 0, 0, 0, 0);
    private static readonly Dimension Pressure = new(-1, -2, 1, 0, 0, 0, 0);
    private static readonly Dimension Energy = new(2, -2, 1, 0, 0, 0, 0);
    private static readonly Dimension Power = new(2, -3, 1, 0, 0, 0, 0);
    private static readonly Dimension Angle = One with { Rad = 1 };
    private static readonly Dimension Dose = One with { M = 2, S = -2 };

    private const double Avogadro = 6.02214076e23;
    private const double MmHg = 133_322.387415;

    public static readonly IReadOnlyDictionary<string, UnitAtom> All = new Dictionary<string, UnitAtom>(StringComparer.Ordinal)
    {
        // Base units.
        ["m"] = new(1, Length, true), ["s"] = new(1, Time, true), ["g"] = new(1, Mass, true), ["rad"] = new(1, Angle, true),
        ["K"] = new(1, Temperature, true), ["C"] = new(1, One with { C = 1 }, true), ["cd"] = new(1, One with { Cd = 1 }, true),

        // Numbers.
        ["10*"] = new(10, One), ["10^"] = new(10, One), ["[pi]"] = new(Math.PI, One), ["%"] = new(1e-2, One), ["[ppth]"] = new(1e-3, One),
        ["[ppm]"] = new(1e-6, One), ["[ppb]"] = new(1e-9, One), ["[pptr]"] = new(1e-12, One), ["mol"] = new(Avogadro, One, true), ["eq"] = new(Avogadro, One, true),
        ["osm"] = new(Avogadro, One, true), ["bit"] = new(1, One, true), ["By"] = new(8, One, true),

        // SI units with names.
        ["sr"] = new(1, One with { Rad = 2 }, true), ["Hz"] = new(1, Frequency, true), ["N"] = new(1e3, Force, true), ["Pa"] = new(1e3, Pressure, true),
        ["J"] = new(1e3, Energy, true), ["W"] = new(1e3, Power, true), ["A"] = new(1, new(0, -1, 0, 0, 0, 1, 0), true), ["V"] = new(1e3, new(2, -2, 1, 0, 0, -1, 0), true),
        ["F"] = new(1e-3, new(-2, 2, -1, 0, 0, 2, 0), true), ["Ohm"] = new(1e3, new(2, -1, 1, 0, 0, -2, 0), true), ["S"] = new(1e-3, new(-2, 1, -1, 0, 0, 2, 0), true),
        ["Wb"] = new(1e3, new(2, -1, 1, 0, 0, -1, 0), true), ["T"] = new(1e3, new(0, -1, 1, 0, 0, -1, 0), true), ["H"] = new(1e3, new(2, 0, 1, 0, 0, -2, 0), true),
        ["lm"] = new(1, One with { Cd = 1, Rad = 2 }, true), ["lx"] = new(1, One with { Cd = 1, Rad = 2, M = -2 }, true), ["Bq"] = new(1, Frequency, true),
        ["Gy"] = new(1, Dose, true), ["Sv"] = new(1, Dose, true), ["kat"] = new(Avogadro, Frequency, true), ["U"] = new(Avogadro * 1e-6 / 60, Frequency, true),

        // Time, angle, and other units used with SI.
        ["min"] = new(60, Time), ["h"] = new(3_600, Time), ["d"] = new(86_400, Time), ["wk"] = new(604_800, Time), ["a"] = new(31_557_600, Time), ["a_j"] = new(31_557_600, Time),
        ["a_g"] = new(31_556_952, Time), ["a_t"] = new(31_556_925.216, Time), ["mo"] = new(2_629_800, Time), ["mo_j"] = new(2_629_800, Time), ["mo_g"] = new(2_629_746, Time),
        ["deg"] = new(Math.PI / 180, Angle), ["'"] = new(Math.PI / 10_800, Angle), ["''"] = new(Math.PI / 648_000, Angle), ["gon"] = new(Math.PI / 200, Angle),
        ["l"] = new(1e-3, Volume, true), ["L"] = new(1e-3, Volume, true), ["ar"] = new(100, Area, true), ["t"] = new(1e6, Mass, true), ["bar"] = new(1e8, Pressure, true),
        ["u"] = new(1.66053906660e-24, Mass, true), ["eV"] = new(1.602176634e-16, Energy, true), ["AU"] = new(149_597_870_700, Length), ["pc"] = new(3.0856775814913673e16, Length, true),
        ["Ao"] = new(1e-10, Length), ["b"] = new(1e-28, Area), ["atm"] = new(101_325_000, Pressure), ["dyn"] = new(1e-2, Force, true), ["erg"] = new(1e-4, Energy, true),
        ["cal"] = new(4_184, Energy, true), ["cal_th"] = new(4_184, Energy, true), ["cal_IT"] = new(4_186.8, Energy, true), ["[Cal]"] = new(4_184_000, Energy),
        ["Ci"] = new(3.7e10, Frequency, true), ["m[Hg]"] = new(MmHg * 1e3, Pressure, true), ["m[H2O]"] = new(9_806_650, Pressure, true),

        // Temperatures with their own zero.
        ["Cel"] = new(1, Temperature, true, 273.15), ["[degF]"] = new(5.0 / 9, Temperature, false, 459.67 * 5 / 9), ["[degR]"] = new(5.0 / 9, Temperature),

        // Lengths, areas, volumes, masses of trade.
        ["[in_i]"] = new(0.0254, Length), ["[ft_i]"] = new(0.3048, Length), ["[yd_i]"] = new(0.9144, Length), ["[mi_i]"] = new(1_609.344, Length), ["[nmi_i]"] = new(1_852, Length),
        ["[kn_i]"] = new(1_852.0 / 3_600, One with { M = 1, S = -1 }), ["[ft_us]"] = new(1_200.0 / 3_937, Length), ["[mi_us]"] = new(1_200.0 / 3_937 * 5_280, Length),
        ["[sin_i]"] = new(0.0254 * 0.0254, Area), ["[sft_i]"] = new(0.3048 * 0.3048, Area), ["[syd_i]"] = new(0.9144 * 0.9144, Area), ["[acr_us]"] = new(4_046.872609874252, Area),
        ["[cin_i]"] = new(0.0254 * 0.0254 * 0.0254, Volume), ["[cft_i]"] = new(0.3048 * 0.3048 * 0.3048, Volume), ["[gal_us]"] = new(3.785411784e-3, Volume),
        ["[qt_us]"] = new(9.46352946e-4, Volume), ["[pt_us]"] = new(4.73176473e-4, Volume), ["[foz_us]"] = new(2.95735295625e-5, Volume), ["[bbl_us]"] = new(0.158987294928, Volume),
        ["[gal_br]"] = new(4.54609e-3, Volume), ["[pt_br]"] = new(5.6826125e-4, Volume), ["[lb_av]"] = new(453.59237, Mass), ["[oz_av]"] = new(28.349523125, Mass),
        ["[gr]"] = new(0.06479891, Mass), ["[ston_av]"] = new(907_184.74, Mass), ["[lton_av]"] = new(1_016_046.9088, Mass), ["[oz_tr]"] = new(31.1034768, Mass), ["[car_m]"] = new(0.2, Mass),
        ["[lbf_av]"] = new(4_448.2216152605, Force), ["[psi]"] = new(6_894_757.293168361, Pressure), ["[Btu_IT]"] = new(1_055_055.85262, Energy), ["[Btu]"] = new(1_055_060, Energy),
        ["[HP]"] = new(745_699.8715822702, Power), ["[in_i'Hg]"] = new(MmHg * 1e3 * 0.0254, Pressure),

        // Arbitrary units: comparable with themselves only.
        ["[iU]"] = new(1, One with { Arbitrary = "[iU]" }, true), ["[IU]"] = new(1, One with { Arbitrary = "[iU]" }, true), ["[arb'U]"] = new(1, One with { Arbitrary = "[arb'U]" }),
        ["[pH]"] = new(1, One with { Arbitrary = "[pH]" }), ["B"] = new(1, One with { Arbitrary = "B" }, true), ["Np"] = new(1, One with { Arbitrary = "Np" }, true),
    };

    public static readonly IReadOnlyList<(string Symbol, double Factor)> Prefixes =
    [
        ("Ki", 1024.0), ("Mi", 1024.0 * 1024), ("Gi", 1024.0 * 1024 * 1024), ("Ti", 1024.0 * 1024 * 1024 * 1024), ("da", 1e1),
        ("Y", 1e24), ("Z", 1e21), ("E", 1e18), ("P", 1e15), ("T", 1e12), ("G", 1e9), ("M", 1e6), ("k", 1e3), ("h", 1e2),
        ("d", 1e-1), ("c", 1e-2), ("m", 1e-3), ("u", 1e-6), ("n", 1e-9), ("p", 1e-12), ("f", 1e-15), ("a", 1e-18), ("z", 1e-21), ("y", 1e-24),
    ];
}
