using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Slipway.Datasets.Units;

/// <summary>
/// Reads UCUM's grammar (specification 2.2, section 2): components with <c>.</c> and <c>/</c> from left to right, prefixes, exponents, parentheses,
/// whole numbers, and annotations in braces, which count as 1.
/// </summary>
internal sealed class UnitParser
{
    public const int MaxChars = 100;
    private const int MaxDepth = 8;
    private readonly string _text;
    private int _at;
    private int _depth;

    private UnitParser(string text) => _text = text;

    /// <summary>False with what is wrong and what would be right.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out Unit? unit, [NotNullWhen(false)] out string? fault)
    {
        (unit, fault) = (null, null);
        try
        {
            if (text.Length is 0 or > MaxChars) { throw new UnitFault($"a unit has 1 to {MaxChars} characters"); }

            if (text.Any(c => c is < '!' or > '~')) { throw new UnitFault("a unit is written in visible ASCII characters without spaces"); }

            var parser = new UnitParser(text);
            unit = parser.Main() with { Text = text };
            return true;
        }
        catch (UnitFault wrong)
        {
            fault = wrong.Message;
            return false;
        }
    }

    private bool AtEnd => _at == _text.Length;

    private Unit Main()
    {
        var unit = Term();
        return AtEnd ? unit : throw new UnitFault($"'{_text[_at]}' at character {_at + 1} has no place there");
    }

    private Unit Term()
    {
        var unit = _text[_at] == '/' ? new Unit("", 1, Dimension.None) : Component();
        while (!AtEnd && _text[_at] is '.' or '/')
        {
            var divide = _text[_at++] == '/';
            if (AtEnd) { throw new UnitFault($"it ends with '{_text[^1]}'"); }

            var next = Component();
            if (unit.IsSpecial || next.IsSpecial) { throw new UnitFault("a temperature scale with its own zero (Cel, [degF]) stands alone; use K in a product"); }

            unit = new Unit("", divide ? unit.Scale / next.Scale : unit.Scale * next.Scale, unit.Dimension.Times(next.Dimension.Power(divide ? -1 : 1)));
        }

        return double.IsFinite(unit.Scale) && unit.Scale > 0 ? unit : throw new UnitFault("its size is beyond any use");
    }

    private Unit Component()
    {
        var c = _text[_at];
        if (c == '{') { return Annotated(new Unit("", 1, Dimension.None)); }

        if (c == '(') { return Annotated(Group()); }

        var symbol = Symbol();
        if (symbol.Length == 0) { throw new UnitFault($"'{c}' at character {_at + 1} has no place there"); }

        return Annotated(symbol.All(char.IsAsciiDigit) ? Number(symbol) : Power(Atom(symbol)));
    }

    private Unit Group()
    {
        if (++_depth > MaxDepth) { throw new UnitFault($"it has more than {MaxDepth} parentheses in one another"); }

        _at++;
        if (AtEnd) { throw new UnitFault("a parenthesis is not closed"); }

        var inner = Term();
        if (AtEnd || _text[_at++] != ')') { throw new UnitFault("a parenthesis is not closed"); }

        _depth--;
        return inner;
    }

    private Unit Annotated(Unit unit)
    {
        if (AtEnd || _text[_at] != '{') { return unit; }

        var end = _text.IndexOf('}', _at);
        if (end < 0) { throw new UnitFault("a brace is not closed"); }

        _at = end + 1;
        return unit;
    }

    /// <summary>Letters, brackets with anything in them, and the few signs that symbols hold; a run of digits is a number.</summary>
    private string Symbol()
    {
        var start = _at;
        if (char.IsAsciiDigit(_text[_at]) && !_text[_at..].StartsWith("10*", StringComparison.Ordinal) && !_text[_at..].StartsWith("10^", StringComparison.Ordinal))
        {
            while (!AtEnd && char.IsAsciiDigit(_text[_at])) { _at++; }

            return _text[start.._at];
        }

        if (char.IsAsciiDigit(_text[_at]))
        {
            _at += 3;
            return _text[start.._at];
        }

        while (!AtEnd && (char.IsAsciiLetter(_text[_at]) || _text[_at] is '[' or '%' or '_' or '\'' or '"'))
        {
            if (_text[_at] != '[') { _at++; }
            else if (_text.IndexOf(']', _at) is var end and >= 0) { _at = end + 1; }
            else { throw new UnitFault("a bracket is not closed"); }
        }

        return _text[start.._at];
    }

    private static Unit Number(string digits) => digits.Length <= 15 && long.Parse(digits, CultureInfo.InvariantCulture) is var number and > 0
        ? new Unit("", number, Dimension.None)
        : throw new UnitFault($"the number {digits} is not from 1 to 999,999,999,999,999");

    private Unit Power(Unit atom)
    {
        var start = _at;
        if (!AtEnd && _text[_at] is '+' or '-') { _at++; }

        while (!AtEnd && char.IsAsciiDigit(_text[_at])) { _at++; }

        if (start == _at) { return atom; }

        if (!int.TryParse(_text[start.._at], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exponent) || Math.Abs(exponent) is 0 or > 30)
        {
            throw new UnitFault($"the exponent '{_text[start.._at]}' is not from 1 to 30 or -30 to -1");
        }

        if (atom.IsSpecial) { throw new UnitFault("a temperature scale with its own zero (Cel, [degF]) takes no exponent; use K"); }

        return new Unit("", Math.Pow(atom.Scale, exponent), atom.Dimension.Power(exponent));
    }

    private static Unit Atom(string symbol)
    {
        if (UnitAtoms.All.TryGetValue(symbol, out var atom)) { return new Unit("", atom.Scale, atom.Dimension, atom.Offset); }

        foreach (var (prefix, factor) in UnitAtoms.Prefixes)
        {
            if (symbol.StartsWith(prefix, StringComparison.Ordinal) && UnitAtoms.All.TryGetValue(symbol[prefix.Length..], out atom) && atom.Metric)
            {
                return new Unit("", factor * atom.Scale, atom.Dimension, atom.Offset);
            }
        }

        throw new UnitFault($"'{symbol}' is no UCUM unit known here{Suggestion(symbol)}");
    }

    private static string Suggestion(string symbol) => Everyday.TryGetValue(symbol.ToLowerInvariant(), out var right) ? $"; did you mean {right}?" : "";

    /// <summary>What people write, and what UCUM calls it.</summary>
    private static readonly Dictionary<string, string> Everyday = new(StringComparer.Ordinal)
    {
        ["percent"] = "%", ["ratio"] = "1", ["none"] = "1", ["lb"] = "[lb_av]", ["lbs"] = "[lb_av]", ["oz"] = "[oz_av]", ["in"] = "[in_i]", ["inch"] = "[in_i]", ["ft"] = "[ft_i]",
        ["yd"] = "[yd_i]", ["mile"] = "[mi_i]", ["miles"] = "[mi_i]", ["mi"] = "[mi_i]", ["gal"] = "[gal_us]", ["degc"] = "Cel", ["celsius"] = "Cel", ["degf"] = "[degF]", ["fahrenheit"] = "[degF]",
        ["sec"] = "s", ["second"] = "s", ["seconds"] = "s", ["minute"] = "min", ["minutes"] = "min", ["hour"] = "h", ["hours"] = "h", ["day"] = "d", ["days"] = "d", ["week"] = "wk", ["month"] = "mo",
        ["year"] = "a", ["years"] = "a", ["usd"] = "{USD}", ["eur"] = "{EUR}", ["gbp"] = "{GBP}", ["dollar"] = "{USD}", ["euro"] = "{EUR}", ["ppm"] = "[ppm]", ["psi"] = "[psi]", ["knot"] = "[kn_i]",
        ["meter"] = "m", ["metre"] = "m", ["gram"] = "g", ["liter"] = "L", ["litre"] = "L", ["kelvin"] = "K", ["byte"] = "By", ["iu"] = "[iU]", ["count"] = "1", ["ms"] = "ms",
    };

    private sealed class UnitFault(string message) : Exception(message);
}
