using Google.Protobuf;
using Slipway.OnnxRuntime.Proto;
using AttributeType = Slipway.OnnxRuntime.Proto.AttributeProto.Types.AttributeType;

namespace Slipway.OnnxRuntime.Tests;

/// <summary>What a well-formed file may not say.</summary>
public sealed class OnnxFileCheckTests
{
    private const string Absurd = "dimensions are 0 or more, and their product at most 536870912.";

    [Fact]
    public void Plain_models_pass()
    {
        Assert.Empty(OnnxFileCheck.Check(Models.Linear().Bytes()));
        Assert.Empty(OnnxFileCheck.Check(Models.Identity(OnnxElementType.String, -1, 3).Bytes()));
        Assert.Empty(OnnxFileCheck.Check(Models.Endless().Bytes()));
        Assert.Empty(OnnxFileCheck.Check(Models.Nested(8).Bytes()));
    }

    [Theory]
    [InlineData("weights.bin")]
    [InlineData("../../../etc/passwd")]
    [InlineData("")]
    public void Data_in_another_file_is_refused(string location)
    {
        var model = Models.Linear();
        var tensor = model.Graph.Initializer[0];
        tensor.ClearRawData();
        tensor.DataLocation = TensorProto.Types.DataLocation.External;
        tensor.ExternalData.Add(new StringStringEntryProto { Key = "location", Value = location });

        Refused(model, "graph.initializer[0]", $"The tensor 'w' keeps its data in another file ('{location}'); save the model with its data inside.");

        tensor.DataLocation = TensorProto.Types.DataLocation.Default; // the list alone, too
        Refused(model, "graph.initializer[0]", $"The tensor 'w' keeps its data in another file ('{location}'); save the model with its data inside.");
    }

    [Fact]
    public void Data_in_another_file_is_found_in_attributes_and_inner_graphs()
    {
        var model = Models.Nested(3);
        var inner = model.Graph.Node[1].Attribute[0].G.Node[0].Attribute[0].G;
        var node = Models.Node("Constant", [], ["c"]);
        node.Attribute.Add(new AttributeProto { Name = "value", Type = AttributeType.Tensor, T = new TensorProto { Name = "v", DataLocation = TensorProto.Types.DataLocation.External } });
        inner.Node.Add(node);

        Refused(model, "graph.node[1].attribute[0].g.node[0].attribute[0].g.node[0].attribute[0].t", "The tensor 'v' keeps its data in another file (''); save the model with its data inside.");
    }

    [Fact]
    public void Operators_of_other_domains_are_refused()
    {
        var model = Models.Linear();
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "com.evil\n", Version = 1 });
        model.Graph.Node[0].Domain = "com.evil\n";

        Refused(model, "opset_import[2]", "The domain 'com.evil?' is not accepted; only the operators of ai.onnx and ai.onnx.ml are.");
        Refused(model, "graph.node[0]", "The operator 'Gemm' is of the domain 'com.evil?'; only those of ai.onnx and ai.onnx.ml are accepted.");
    }

    [Fact]
    public void A_domain_must_be_imported_once_in_a_known_version()
    {
        Refused(Edited(m => m.OpsetImport.Clear()), "opset_import", "The model does not say which version of the operators it uses; the file is cut off or no model.");
        Refused(Edited(m => m.OpsetImport[0].Version = 99), "opset_import[0]", "Version 99 of ai.onnx is not known; versions 7 to 26 are.");
        Refused(Edited(m => m.OpsetImport[1].Version = 0), "opset_import[1]", "Version 0 of ai.onnx.ml is not known; versions 1 to 5 are.");
        Refused(Edited(m => m.OpsetImport.Add(new OperatorSetIdProto { Domain = "ai.onnx", Version = 17 })), "opset_import[2]", "The domain 'ai.onnx' is imported twice; once is enough.");
        Refused(Edited(m => m.OpsetImport.RemoveAt(0)), "graph.node[0]", "The operator 'Gemm' is of the domain ai.onnx, which opset_import does not list.");
        Refused(Edited(m => m.IrVersion = 99), "ir_version", "The format's version is 99; versions 3 to 13 are known.");
        Refused(Edited(m => m.ClearIrVersion()), "ir_version", "The format's version is missing; versions 3 to 13 are known.");
    }

    [Fact]
    public void The_data_of_a_tensor_must_be_as_much_as_its_shape_says()
    {
        TensorProto Weights(ModelProto model) => model.Graph.Initializer[0];

        Refused(Edited(m => Weights(m).Dims[0] = 4), "graph.initializer[0]", "The tensor 'w' of Float [4, 2] has 24 bytes of data; its shape wants 32.");
        Refused(Edited(m => Weights(m).ClearRawData()), "graph.initializer[0]", "The tensor 'w' of Float [3, 2] has 0 elements of data; its shape wants 6.");
        Refused(Edited(m => Weights(m).FloatData.Add(1)), "graph.initializer[0]", "The tensor 'w' has data in raw_data and in float_data; it must be in one.");
        Refused(Edited(m => Weights(m).DataType = 8), "graph.initializer[0]", "The tensor 'w' of String has its data in raw_data; it belongs into string_data.");
        Refused(Edited(m => { Weights(m).ClearRawData(); Weights(m).DoubleData.Add([1, 2, 3, 4, 5, 6]); }), "graph.initializer[0]", "The tensor 'w' of Float has its data in double_data; it belongs into float_data or raw_data.");
        Refused(Edited(m => { Weights(m).ClearRawData(); Weights(m).FloatData.Add([1, 2, 3]); }), "graph.initializer[0]", "The tensor 'w' of Float [3, 2] has 3 elements of data; its shape wants 6.");
        Assert.Empty(OnnxFileCheck.Check(Edited(m => { Weights(m).ClearRawData(); Weights(m).FloatData.Add([1, 2, 3, 4, 5, 6]); }).Bytes()));
    }

    [Fact]
    public void Absurd_shapes_are_refused()
    {
        TensorProto Weights(ModelProto model) => model.Graph.Initializer[0];
        TensorShapeProto Input(ModelProto model) => model.Graph.Input[0].Type.TensorType.Shape;

        Refused(Edited(m => Weights(m).Dims[0] = -3), "graph.initializer[0]", $"The tensor 'w' has the absurd shape [-3, 2]; {Absurd}");
        Refused(Edited(m => { Weights(m).Dims[0] = 1L << 40; Weights(m).Dims[1] = 1L << 40; }), "graph.initializer[0]", $"The tensor 'w' has the absurd shape [1099511627776, 1099511627776]; {Absurd}");
        Refused(Edited(m => Weights(m).Dims[0] = 1L << 30), "graph.initializer[0]", $"The tensor 'w' has the absurd shape [1073741824, 2]; {Absurd}");
        Refused(Edited(m => Weights(m).Dims.Add(Enumerable.Repeat(1L, 15))), "graph.initializer[0]", "The tensor 'w' has 17 dimensions; at most 16 are allowed.");
        Refused(Edited(m => Input(m).Dim[1].DimValue = 1L << 40), "graph.input[0].type.tensor_type.shape", $"The shape [any, 1099511627776] is absurd; {Absurd}");
        Refused(Edited(m => Input(m).Dim[1].DimValue = -2), "graph.input[0].type.tensor_type.shape", $"The shape [any, -2] is absurd; {Absurd}");
        Refused(Edited(m => Input(m).Dim.Add(Enumerable.Range(0, 15).Select(_ => new TensorShapeProto.Types.Dimension()))), "graph.input[0].type.tensor_type.shape", "The shape has 17 dimensions; at most 16 are allowed.");
        Refused(Edited(m => m.Graph.Input[0].Type.TensorType.ElemType = 77), "graph.input[0].type.tensor_type", "The element type 77 is not supported; known are 1 to 13 and 16 of TensorProto.DataType.");
        Refused(Edited(m => Weights(m).DataType = 14), "graph.initializer[0]", "The element type 14 is not supported; known are 1 to 13 and 16 of TensorProto.DataType.");
        Assert.Empty(OnnxFileCheck.Check(Edited(m => Input(m).Dim[0].DimValue = -1).Bytes())); // as some exporters write a free dimension
    }

    [Fact]
    public void Inputs_outputs_and_operators_must_be_complete()
    {
        Refused(Edited(m => m.Graph = null), "graph", "The model has no graph; the file is cut off or no model.");
        Refused(Edited(m => m.Graph.Output.Clear()), "graph.output", "The model has no output; it must give something.");
        Refused(Edited(m => m.Graph.Input[0].Name = ""), "graph.input[0]", "The input has no name.");
        Refused(Edited(m => m.Graph.Input.Add(m.Graph.Input[0].Clone())), "graph.input[1]", "The name 'x' is there twice among the inputs.");
        Refused(Edited(m => m.Graph.Output[0].Type = null), "graph.output[0]", "The output 'y' has no type.");
        Refused(Edited(m => m.Graph.Output[0].Type.SequenceType = new TypeProto.Types.Sequence()), "graph.output[0].type", "The type is incomplete; it must say what it holds.");
        Refused(Edited(m => m.Graph.Node[0].ClearOpType()), "graph.node[0]", "The node names no operator.");
        Refused(Edited(m => m.Graph.Initializer[0].ClearName()), "graph.initializer[0]", "The initializer has no name.");
    }

    [Fact]
    public void An_attribute_must_hold_what_its_type_says()
    {
        void Says(AttributeProto attribute, string message) => Refused(Edited(m => m.Graph.Node[0].Attribute.Add(attribute)), "graph.node[0].attribute[0]", message);

        Says(new AttributeProto { Name = "alpha", Type = AttributeType.Float }, "The attribute 'alpha' is of type Float, and holds none.");
        Says(new AttributeProto { Name = "alpha", Type = AttributeType.Float, F = 1, I = 1 }, "The attribute 'alpha' is of type Float, and holds Int.");
        Says(new AttributeProto { Name = "alpha", F = 1 }, "The attribute 'alpha' is of type Undefined, and holds Float.");
        Says(new AttributeProto { Name = "alpha", Type = (AttributeType)99 }, "The attribute 'alpha' is of type 99, and must be of one that is known.");
        Says(new AttributeProto { Type = AttributeType.Float, F = 1 }, "The attribute has no name.");
        Says(new AttributeProto { Name = "alpha", Type = AttributeType.Float, F = 1, RefAttrName = "beta" }, "The attribute 'alpha' refers to one of a function, and functions are not accepted.");
        Refused(Edited(m => m.Graph.Node[0].Attribute.Add([new AttributeProto { Name = "alpha", Type = AttributeType.Float, F = 1 }, new AttributeProto { Name = "alpha", Type = AttributeType.Float, F = 2 }])),
            "graph.node[0].attribute[1]", "The attribute 'alpha' is there twice.");
    }

    [Fact]
    public void The_number_of_faults_reported_is_bounded()
    {
        var model = Edited(m => m.Graph.Initializer.Add(Enumerable.Range(0, 100).Select(_ => new TensorProto { Name = "w" })));

        Assert.Equal(20, OnnxFileCheck.Check(model.Bytes()).Count);
        Assert.EndsWith("(and 17 more)", Assert.Throws<OnnxException>(() => OnnxFileCheck.Require(model.Bytes())).Message, StringComparison.Ordinal);
    }

    private static ModelProto Edited(Action<ModelProto> edit)
    {
        var model = Models.Linear();
        edit(model);
        return model;
    }

    private static void Refused(ModelProto model, string place, string message) => Assert.Contains(new OnnxFileFault(place, message), OnnxFileCheck.Check(model.ToByteArray()));
}
