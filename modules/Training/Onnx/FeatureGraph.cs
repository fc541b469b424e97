using Slipway.OnnxRuntime;
using Slipway.Training.Design;

namespace Slipway.Training.Onnx;

/// <summary>The operators from one raw column to its terms: <see cref="Feature.Fill"/> as a graph.</summary>
internal static class FeatureGraph
{
    /// <returns>Names of values [rows, n], whose columns are the terms in order.</returns>
    public static IReadOnlyList<string> Add(GraphWriter graph, Feature feature) => feature.Kind switch
    {
        TermKind.Number => [feature.Rule.Log ? graph.Node("Log", [feature.Column]) : feature.Column],
        TermKind.Bins => Bins(graph, feature),
        TermKind.Indicator => [OnlyFinite(graph, feature, Equal(graph, feature, [feature.Rule.Positive!]))],
        _ => [Category(graph, feature)],
    };

    private static List<string> Bins(GraphWriter graph, Feature feature)
    {
        var edges = feature.Rule.Bins!;
        List<string> above =
        [
            .. edges.Select((edge, i) => graph.Cast(
                graph.Node(Design.Bins.ClosesBelow(i, edges) ? "Greater" : "GreaterOrEqual", [feature.Column, graph.Numbers([edge], 1, 1)]), OnnxElementType.Double)),
        ];
        // In the group above edge i, and not above edge i + 1.
        return [.. above.Select((value, i) => OnlyFinite(graph, feature, i + 1 < above.Count ? graph.Node("Sub", [value, above[i + 1]]) : value))];
    }

    private static string Category(GraphWriter graph, Feature feature)
    {
        var own = Equal(graph, feature, [.. feature.OwnLevels]);
        var seen = graph.Node("ReduceSum", [Equal(graph, feature, [.. feature.Levels]), graph.Integers(1)], null, ("keepdims", 1));
        var doubt = graph.Node("Where", [graph.Cast(seen, OnnxElementType.Bool), graph.Numbers([0], 1, 1), graph.Numbers([double.NaN], 1, 1)]);
        return graph.Node("Add", [own, doubt]);
    }

    /// <summary>[rows, levels]: 1 where the column is that level.</summary>
    private static string Equal(GraphWriter graph, Feature feature, string[] levels)
    {
        var constant = feature.Type switch
        {
            ColumnType.Number => graph.Numbers([.. levels.Select(Feature.NumberOf)], 1, levels.Length),
            ColumnType.Text => graph.Texts(levels, 1, levels.Length),
            _ => graph.Booleans([.. levels.Select(level => level == "true")], 1, levels.Length),
        };
        return graph.Cast(graph.Node("Equal", [feature.Column, constant]), OnnxElementType.Double);
    }

    /// <summary>0 × the number is 0 for a finite one and NaN for any other.</summary>
    private static string OnlyFinite(GraphWriter graph, Feature feature, string term) =>
        feature.Type != ColumnType.Number ? term : graph.Node("Add", [term, graph.Node("Mul", [feature.Column, graph.Numbers([0], 1, 1)])]);
}
