using System.Runtime.InteropServices;
using Google.Protobuf;
using Slipway.OnnxRuntime.Proto;
using AttributeType = Slipway.OnnxRuntime.Proto.AttributeProto.Types.AttributeType;

namespace Slipway.OnnxRuntime.Tests;

/// <summary>Small models, built from the message types.</summary>
internal static class Models
{
    public static byte[] Bytes(this ModelProto model) => model.ToByteArray();

    /// <summary>y = x · W + b with W of [3, 2], W = [[1, 2], [3, 4], [5, 6]], b = [10, 20]; any number of rows.</summary>
    public static ModelProto Linear() => Model(
        [Value("x", OnnxElementType.Float, -1, 3)],
        [Value("y", OnnxElementType.Float, -1, 2)],
        [Node("Gemm", ["x", "w", "b"], ["y"])],
        [Tensor<float>("w", [1, 2, 3, 4, 5, 6], 3, 2), Tensor<float>("b", [10, 20], 2)]);

    /// <summary>Gives its input back.</summary>
    public static ModelProto Identity(OnnxElementType type, params long[] shape) =>
        Model([Value("x", type, shape)], [Value("y", type, shape)], [Node("Identity", ["x"], ["y"])], []);

    /// <summary>Runs through <c>Loop</c> until its condition turns false, which it never does.</summary>
    public static ModelProto Endless()
    {
        var body = new GraphProto { Name = "body" };
        body.Input.Add([Value("i", OnnxElementType.Int64), Value("c", OnnxElementType.Bool), Value("a", OnnxElementType.Float, 1)]);
        body.Output.Add([Value("again", OnnxElementType.Bool), Value("next", OnnxElementType.Float, 1)]);
        body.Node.Add([Node("Identity", ["c"], ["again"]), Node("Add", ["a", "a"], ["next"])]);
        var loop = Node("Loop", ["", "on", "x"], ["y"]);
        loop.Attribute.Add(new AttributeProto { Name = "body", Type = AttributeType.Graph, G = body });
        return Model([Value("x", OnnxElementType.Float, 1)], [Value("y", OnnxElementType.Float, 1)], [loop], [Tensor<bool>("on", [true])]);
    }

    /// <summary>Graphs inside graphs, the outermost being 1.</summary>
    public static ModelProto Nested(int depth)
    {
        var model = Linear();
        for (var graph = model.Graph; depth > 1; depth--)
        {
            var inner = new GraphProto { Name = "inner" };
            var node = Node("If", [], ["z"]);
            node.Attribute.Add(new AttributeProto { Name = "then_branch", Type = AttributeType.Graph, G = inner });
            graph.Node.Add(node);
            graph = inner;
        }

        return model;
    }

    public static ModelProto Model(ValueInfoProto[] inputs, ValueInfoProto[] outputs, NodeProto[] nodes, TensorProto[] initializers)
    {
        var model = new ModelProto { IrVersion = 8, Graph = new GraphProto { Name = "g" } };
        model.Graph.Input.Add(inputs);
        model.Graph.Output.Add(outputs);
        model.Graph.Node.Add(nodes);
        model.Graph.Initializer.Add(initializers);
        model.OpsetImport.Add([new OperatorSetIdProto { Domain = "", Version = 17 }, new OperatorSetIdProto { Domain = "ai.onnx.ml", Version = 3 }]);
        return model;
    }

    /// <param name="shape">-1 for a free dimension.</param>
    public static ValueInfoProto Value(string name, OnnxElementType type, params long[] shape)
    {
        var of = new TypeProto.Types.Tensor { ElemType = (int)type, Shape = new TensorShapeProto() };
        of.Shape.Dim.Add(shape.Select(size => size < 0 ? new TensorShapeProto.Types.Dimension { DimParam = "n" } : new TensorShapeProto.Types.Dimension { DimValue = size }));
        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = of } };
    }

    public static NodeProto Node(string operation, string[] inputs, string[] outputs, string domain = "")
    {
        var node = new NodeProto { OpType = operation, Name = operation, Domain = domain };
        node.Input.Add(inputs);
        node.Output.Add(outputs);
        return node;
    }

    public static TensorProto Tensor<T>(string name, T[] data, params long[] shape) where T : unmanaged
    {
        var tensor = new TensorProto { Name = name, DataType = (int)Elements.TypeOf<T>()!, RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes(data.AsSpan())) };
        tensor.Dims.Add(shape);
        return tensor;
    }
}
