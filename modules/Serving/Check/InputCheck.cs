using System.Globalization;
using Slipway.Datasets.Ports;
using Slipway.Kernel;
using Slipway.Serving.Live;
using Slipway.Serving.Predict;

namespace Slipway.Serving.Check;

/// <summary>Compares the rows of a request with what the version's model and contract say; every fault names field, value, row and what would be right.</summary>
internal sealed class InputCheck(IContracts contracts)
{
    /// <summary>Faults that are listed; one more is only counted.</summary>
    private const int MostFaults = 20;
    private const int MostValueChars = 60;

    /// <param name="rows">Which rows, from 0; null = all.</param>
    /// <returns>Null when everything is right.</returns>
    public Problem? Fault(LoadedModel model, PredictionRequest request, int[]? rows)
    {
        List<Fault>? faults = null;
        var (more, places) = (0, request.Set.PlacesOf(model));
        for (var i = 0; i < places.Length; i++)
        {
            var (input, column) = (model.Inputs[i], request.Columns[places[i]]);
            if (!column.Given) { Add(ref faults, ref more, new Fault(input.Name, $"Input '{input.Name}' is missing; it must be {input.Rule.Expected}.")); }
            else
            {
                if (column.Unit is { } unit && unit != input.Rule.Unit && contracts.UnitFault(unit, input.Rule.Unit) is { } wrong) { Add(ref faults, ref more, new Fault(input.Name, $"The unit of input '{input.Name}' is wrong: {wrong}.")); }

                Values(input, column, request.Rows, rows, ref faults, ref more);
            }
        }

        if (faults is null) { return null; }

        return new Problem(400, "input_refused", string.Join(" ", faults.Select(fault => fault.Detail)) + (more > 0 ? $" And {more} more." : "")) { Field = faults[0].Field, Faults = faults };
    }

    private static void Values(ModelInput input, InputColumn column, int count, int[]? rows, ref List<Fault>? faults, ref int more)
    {
        var numbers = column.Numbers.Span;
        var texts = column.Texts.Span;
        for (var i = 0; i < (rows?.Length ?? count); i++)
        {
            var row = rows?[i] ?? i;
            for (var at = row * input.Width; at < (row + 1) * input.Width; at++)
            {
                var expected = input.IsNumber ? input.Rule.Fault(numbers[at]) : input.Rule.Fault(texts[at]);
                if (expected is null) { continue; }

                var name = input.Width == 1 ? input.Name : $"{input.Name}[{at - (row * input.Width)}]";
                Add(ref faults, ref more, new Fault(name, $"Input '{name}' is {(input.IsNumber ? Shown(numbers[at]) : Shown(texts[at]))} in row {row + 1}; it must be {expected}."));
            }
        }
    }

    private static void Add(ref List<Fault>? faults, ref int more, Fault fault)
    {
        faults ??= [];
        if (faults.Count < MostFaults) { faults.Add(fault); }
        else { more++; }
    }

    private static string Shown(double value) => double.IsNaN(value) ? "missing" : value.ToString("R", CultureInfo.InvariantCulture);

    private static string Shown(string? value) => value is null ? "missing" : value.Length > MostValueChars ? $"'{value[..MostValueChars]}…'" : $"'{value}'";
}
