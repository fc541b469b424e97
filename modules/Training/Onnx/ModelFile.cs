using Google.Protobuf;
using Slipway.OnnxRuntime;
using Slipway.OnnxRuntime.Proto;
using Slipway.Training.Contracts;
using Slipway.Training.Design;

namespace Slipway.Training.Onnx;

/// <summary>
/// A trained model as an ONNX file of standard operators: one input [rows, 1] per column of the data, numbers as double, texts as string, truth values as bool; everything
/// between the raw columns and the score is in the graph. A number that is not finite, or a level that training has not seen, gives NaN. The same model gives the same bytes.
/// </summary>
internal static class ModelFile
{
    // Equal takes strings from operator set 19 on, whose format is version 9.
    private const long Opset = 19;
    private const long Format = 9;

    public static byte[] Write(TrainedModel model)
    {
        var inputs = model.Features.DistinctBy(feature => feature.Column).ToList();
        var graph = new GraphWriter(model.Logistic ? "logistic_regression" : "linear_regression", inputs.Select(input => input.Column).Append(model.Output));
        foreach (var input in inputs) { graph.Input(input.Column, ElementType(input.Type)); }

        var terms = model.Features.SelectMany(feature => FeatureGraph.Add(graph, feature));
        var matrix = graph.Node("Concat", terms, null, ("axis", 1));
        var estimates = graph.Numbers(model.Fit.Estimates[1..], model.Design.Terms.Count, 1);
        var product = graph.Node("MatMul", [matrix, estimates]);
        var intercept = graph.Numbers([model.Fit.Estimates[0]], 1, 1);
        if (model.Logistic) { graph.Node("Sigmoid", [graph.Node("Add", [product, intercept])], model.Output); }
        else { graph.Node("Add", [product, intercept], model.Output); }

        graph.Output(model.Output, OnnxElementType.Double);
        var file = new ModelProto { IrVersion = Format, ProducerName = "Slipway", Graph = graph.Graph };
        file.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = Opset });
        return file.ToByteArray();
    }

    public static SignatureView Signature(TrainedModel model) => new(
        [.. model.Features.DistinctBy(feature => feature.Column).Select(feature => new TensorView(feature.Column, Feature.TensorType(feature.Type), [-1, 1]))],
        [new TensorView(model.Output, "double", [-1, 1])]);

    private static OnnxElementType ElementType(ColumnType type) => type switch
    {
        ColumnType.Number => OnnxElementType.Double,
        ColumnType.Text => OnnxElementType.String,
        _ => OnnxElementType.Bool,
    };
}
