using System.Globalization;
using Slipway.OnnxRuntime;
using Slipway.OnnxRuntime.Proto;

namespace Slipway.Training.Onnx;

/// <summary>Builds an ONNX graph operator by operator; every value that it names itself begins with a prefix that no input has.</summary>
internal sealed class GraphWriter
{
    private readonly string _prefix;
    private readonly GraphProto _graph;
    private int _made;

    public GraphWriter(string name, IEnumerable<string> inputs)
    {
        _graph = new GraphProto { Name = name };
        _prefix = "v";
        while (inputs.Any(input => input.StartsWith(_prefix, StringComparison.Ordinal))) { _prefix += "_"; }
    }

    public GraphProto Graph => _graph;

    /// <summary>A column of any number of rows.</summary>
    public void Input(string name, OnnxElementType type) => _graph.Input.Add(Value(name, type));

    public void Output(string name, OnnxElementType type) => _graph.Output.Add(Value(name, type));

    /// <summary>Adds an operator with one output.</summary>
    /// <param name="output">Null = a name of its own.</param>
    /// <returns>The output's name.</returns>
    public string Node(string operation, IEnumerable<string> inputs, string? output = null, params (string Name, long Value)[] attributes)
    {
        var node = new NodeProto { OpType = operation, Name = Name(operation.ToLowerInvariant()) };
        node.Input.Add(inputs);
        node.Output.Add(output ?? node.Name + ".out");
        node.Attribute.Add(attributes.Select(attribute => new AttributeProto { Name = attribute.Name, Type = AttributeProto.Types.AttributeType.Int, I = attribute.Value }));
        _graph.Node.Add(node);
        return node.Output[0];
    }

    public string Cast(string input, OnnxElementType type) => Node("Cast", [input], null, ("to", (long)type));

    public string Numbers(double[] values, params long[] shape)
    {
        var tensor = Tensor(OnnxElementType.Double, shape);
        tensor.DoubleData.Add(values);
        return tensor.Name;
    }

    public string Integers(params long[] values)
    {
        var tensor = Tensor(OnnxElementType.Int64, [values.Length]);
        tensor.Int64Data.Add(values);
        return tensor.Name;
    }

    public string Texts(string[] values, params long[] shape)
    {
        var tensor = Tensor(OnnxElementType.String, shape);
        tensor.StringData.Add(values.Select(Google.Protobuf.ByteString.CopyFromUtf8));
        return tensor.Name;
    }

    public string Booleans(bool[] values, params long[] shape)
    {
        var tensor = Tensor(OnnxElementType.Bool, shape);
        tensor.Int32Data.Add(values.Select(value => value ? 1 : 0));
        return tensor.Name;
    }

    private TensorProto Tensor(OnnxElementType type, long[] shape)
    {
        var tensor = new TensorProto { Name = Name("c"), DataType = (int)type };
        tensor.Dims.Add(shape);
        _graph.Initializer.Add(tensor);
        return tensor;
    }

    private string Name(string kind) => string.Create(CultureInfo.InvariantCulture, $"{_prefix}{_made++}.{kind}");

    private static ValueInfoProto Value(string name, OnnxElementType type)
    {
        var shape = new TensorShapeProto();
        shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimParam = "rows" });
        shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimValue = 1 });
        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)type, Shape = shape } } };
    }
}
