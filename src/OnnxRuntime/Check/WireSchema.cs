namespace Slipway.OnnxRuntime.Check;

/// <summary>How a field is written (protobuf encoding). The list forms of numbers may be written one by one or packed.</summary>
internal enum WireKind
{
    /// <summary>A number of 64 bits of variable length.</summary>
    Int64,

    /// <summary>A number from 0 to 2^31-1 of variable length: element types, kinds of attribute.</summary>
    Code,
    Float,
    Double,

    /// <summary>UTF-8 without NUL, of bounded length.</summary>
    Name,

    /// <summary>UTF-8 without NUL, of any length: notes for people.</summary>
    Text,
    Bytes,
    Message,

    /// <summary>Not let in.</summary>
    Refused,
}

/// <param name="Choice">The field belongs to the message's oneof: of these only one may be there.</param>
/// <param name="Data">The contents of a tensor: bounded by the file, and checked against its shape later.</param>
/// <param name="Reason">Why a refused field is refused, and what to do.</param>
internal sealed record WireField(string Name, WireKind Kind, bool Many = false, WireMessage? Message = null, bool Choice = false, bool Data = false, string? Reason = null);

/// <summary>A message and its fields by number; a number without a field is refused.</summary>
internal sealed class WireMessage(string name)
{
    public const int MaxField = 31;

    private readonly WireField?[] _fields = new WireField?[MaxField + 1];

    public string Name => name;

    public WireField? this[int number]
    {
        get => number <= MaxField ? _fields[number] : null;
        init => _fields[number] = value;
    }

    public void Add(int number, WireField field) => _fields[number] = field;
}

/// <summary>
/// The fields of onnx-ml.proto that are let in, and of later versions of it the notes (<c>metadata_props</c>). Some are refused on purpose: functions of the model and training information, which bring
/// operators and graphs of their own; sparse tensors, a few bytes of which stand for any amount of memory; opaque types.
/// </summary>
internal static class WireSchema
{
    private const string Sparse = "A sparse tensor is not accepted, because a few bytes of it stand for any amount of memory; store it dense.";

    public static readonly WireMessage Model = new("ModelProto");
    public static readonly WireMessage Graph = new("GraphProto");
    public static readonly WireMessage Node = new("NodeProto");

    static WireSchema()
    {
        var (tensor, value, type, attribute) = (new WireMessage("TensorProto"), new WireMessage("ValueInfoProto"), new WireMessage("TypeProto"), new WireMessage("AttributeProto"));
        var note = new WireMessage("StringStringEntryProto") { [1] = Name("key"), [2] = Text("value") };
        var notes = Each("metadata_props", note);
        var dimension = new WireMessage("TensorShapeProto.Dimension") { [1] = Int("dim_value") with { Choice = true }, [2] = Name("dim_param") with { Choice = true }, [3] = Name("denotation") };
        var shape = new WireMessage("TensorShapeProto") { [1] = Each("dim", dimension) };
        var ofTensor = new WireMessage("TypeProto.Tensor") { [1] = Code("elem_type"), [2] = One("shape", shape) };
        var ofElement = new WireMessage("TypeProto.Sequence") { [1] = One("elem_type", type) };
        var ofMap = new WireMessage("TypeProto.Map") { [1] = Code("key_type"), [2] = One("value_type", type) };
        var annotation = new WireMessage("TensorAnnotation") { [1] = Name("tensor_name"), [2] = Each("quant_parameter_tensor_names", note) };
        var opset = new WireMessage("OperatorSetIdProto") { [1] = Name("domain"), [2] = Int("version") };

        Fill(type, (1, One("tensor_type", ofTensor) with { Choice = true }), (4, One("sequence_type", ofElement) with { Choice = true }), (5, One("map_type", ofMap) with { Choice = true }),
            (9, One("optional_type", ofElement) with { Choice = true }), (6, Name("denotation")), (7, Refused("opaque_type", "An opaque type is not accepted; use tensors.")),
            (8, Refused("sparse_tensor_type", Sparse)));
        Fill(value, (1, Name("name")), (2, One("type", type)), (3, Text("doc_string")), (4, notes));
        Fill(tensor, (1, Int("dims") with { Many = true }), (2, Code("data_type")), (3, Refused("segment", "A tensor in segments is not supported; store it whole.")), (8, Name("name")), (12, Text("doc_string")),
            (4, Data("float_data", WireKind.Float)), (5, Data("int32_data", WireKind.Int64)), (6, Data("string_data", WireKind.Bytes)), (7, Data("int64_data", WireKind.Int64)),
            (9, new WireField("raw_data", WireKind.Bytes, Data: true)), (10, Data("double_data", WireKind.Double)), (11, Data("uint64_data", WireKind.Int64)),
            (13, Each("external_data", note)), (14, Code("data_location")), (16, notes));
        Fill(attribute, (1, Name("name")), (21, Name("ref_attr_name")), (13, Text("doc_string")), (20, Code("type")),
            (2, new WireField("f", WireKind.Float)), (3, Int("i")), (4, new WireField("s", WireKind.Bytes)), (5, One("t", tensor)), (6, One("g", Graph)), (14, One("tp", type)),
            (7, new WireField("floats", WireKind.Float, Many: true)), (8, Int("ints") with { Many = true }), (9, new WireField("strings", WireKind.Bytes, Many: true)),
            (10, Each("tensors", tensor)), (11, Each("graphs", Graph)), (15, Each("type_protos", type)),
            (22, Refused("sparse_tensor", Sparse)), (23, Refused("sparse_tensors", Sparse)));
        Fill(Node, (1, Name("input") with { Many = true }), (2, Name("output") with { Many = true }), (3, Name("name")), (4, Name("op_type")), (7, Name("domain")), (5, Each("attribute", attribute)),
            (6, Text("doc_string")), (9, notes));
        Fill(Graph, (1, Each("node", Node)), (2, Name("name")), (5, Each("initializer", tensor)), (10, Text("doc_string")), (11, Each("input", value)), (12, Each("output", value)),
            (13, Each("value_info", value)), (14, Each("quantization_annotation", annotation)), (15, Refused("sparse_initializer", Sparse)), (16, notes));
        Fill(Model, (1, Int("ir_version")), (8, Each("opset_import", opset)), (2, Name("producer_name")), (3, Name("producer_version")), (4, Name("domain")), (5, Int("model_version")), (6, Text("doc_string")),
            (7, One("graph", Graph)), (14, notes), (20, Refused("training_info", "Training information is not accepted; export the model for inference.")),
            (25, Refused("functions", "Functions of the model's own are not accepted; inline them when exporting.")));
    }

    private static void Fill(WireMessage message, params ReadOnlySpan<(int Number, WireField Field)> fields)
    {
        foreach (var (number, field) in fields) { message.Add(number, field); }
    }

    private static WireField Name(string name) => new(name, WireKind.Name);

    private static WireField Text(string name) => new(name, WireKind.Text);

    private static WireField Int(string name) => new(name, WireKind.Int64);

    private static WireField Code(string name) => new(name, WireKind.Code);

    private static WireField Data(string name, WireKind kind) => new(name, kind, Many: true, Data: true);

    private static WireField One(string name, WireMessage message) => new(name, WireKind.Message, Message: message);

    private static WireField Refused(string name, string reason) => new(name, WireKind.Refused, Reason: reason);

    private static WireField Each(string name, WireMessage message) => new(name, WireKind.Message, Many: true, Message: message);
}
