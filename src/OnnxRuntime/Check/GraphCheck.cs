using Google.Protobuf.Collections;
using Slipway.OnnxRuntime.Proto;

namespace Slipway.OnnxRuntime.Check;

/// <summary>A graph, its operators and the graphs within them (at most as deep as the limits say, which the scan of the bytes has seen to).</summary>
internal static class GraphCheck
{
    public static void Run(GraphProto graph, Place place, HashSet<string> imported, Faults faults)
    {
        for (var i = 0; i < graph.Node.Count && !faults.Full; i++) { Node(graph.Node[i], place.At("node", i), imported, faults); }

        for (var i = 0; i < graph.Initializer.Count && !faults.Full; i++)
        {
            if (graph.Initializer[i].Name.Length == 0) { faults.Add(place.At("initializer", i).ToString(), "The initializer has no name."); }

            TensorCheck.Run(graph.Initializer[i], place.At("initializer", i), faults);
        }

        Types(graph.Input, "input", place, faults);
        Types(graph.Output, "output", place, faults);
        Types(graph.ValueInfo, "value_info", place, faults);
    }

    private static void Types(RepeatedField<ValueInfoProto> values, string field, Place place, Faults faults)
    {
        for (var i = 0; i < values.Count && !faults.Full; i++)
        {
            if (values[i].Type is { } type) { TypeCheck.Run(type, place.At(field, i).At("type"), faults); }
        }
    }

    private static void Node(NodeProto node, Place place, HashSet<string> imported, Faults faults)
    {
        if (node.OpType.Length == 0) { faults.Add(place.ToString(), "The node names no operator."); }

        var domain = ModelCheck.Normal(node.Domain);
        if (domain is not ("" or "ai.onnx.ml")) { faults.Add(place.ToString(), $"The operator {Faults.Quote(node.OpType)} is of the domain {Faults.Quote(node.Domain)}; only those of ai.onnx and ai.onnx.ml are accepted."); }
        else if (!imported.Contains(domain)) { faults.Add(place.ToString(), $"The operator {Faults.Quote(node.OpType)} is of the domain {(domain.Length == 0 ? "ai.onnx" : domain)}, which opset_import does not list."); }

        var names = new HashSet<string>();
        for (var i = 0; i < node.Attribute.Count && !faults.Full; i++)
        {
            var (attribute, at) = (node.Attribute[i], place.At("attribute", i));
            if (attribute.Name.Length == 0) { faults.Add(at.ToString(), "The attribute has no name."); }
            else if (!names.Add(attribute.Name)) { faults.Add(at.ToString(), $"The attribute {Faults.Quote(attribute.Name)} is there twice."); }

            Attribute(attribute, at, imported, faults);
        }
    }

    private static void Attribute(AttributeProto attribute, Place place, HashSet<string> imported, Faults faults)
    {
        if (attribute.RefAttrName.Length > 0) { faults.Add(place.ToString(), $"The attribute {Faults.Quote(attribute.Name)} refers to one of a function, and functions are not accepted."); }

        if (AttributeValue.Stray(attribute) is { } stray)
        {
            faults.Add(place.ToString(), $"The attribute {Faults.Quote(attribute.Name)} is of type {AttributeValue.Name(attribute.Type)}, and {stray}.");
            return;
        }

        if (attribute.G is { } graph) { Run(graph, place.At("g"), imported, faults); }

        if (attribute.T is { } tensor) { TensorCheck.Run(tensor, place.At("t"), faults); }

        if (attribute.Tp is { } type) { TypeCheck.Run(type, place.At("tp"), faults); }

        for (var i = 0; i < attribute.Graphs.Count && !faults.Full; i++) { Run(attribute.Graphs[i], place.At("graphs", i), imported, faults); }

        for (var i = 0; i < attribute.Tensors.Count && !faults.Full; i++) { TensorCheck.Run(attribute.Tensors[i], place.At("tensors", i), faults); }

        for (var i = 0; i < attribute.TypeProtos.Count && !faults.Full; i++) { TypeCheck.Run(attribute.TypeProtos[i], place.At("type_protos", i), faults); }
    }
}
