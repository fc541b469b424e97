using Google.Protobuf;
using Slipway.OnnxRuntime.Proto;

namespace Slipway.OnnxRuntime.Tests;

/// <summary>Damaged and hostile bytes: the check answers for each, and what it lets through the engine survives.</summary>
public sealed class OnnxFileBytesTests
{
    [Fact]
    public void A_file_cut_off_at_any_byte_is_refused()
    {
        var file = Models.Linear().Bytes();

        for (var length = 0; length < file.Length; length++)
        {
            // Each list of operators ends the file; behind its first entry the file is whole.
            var whole = length == file.Length - Entry(file);

            Assert.True(whole == (OnnxFileCheck.Check(file.AsMemory(0, length)).Count == 0), $"cut off after {length} bytes");
        }
    }

    [Fact]
    public void A_change_of_any_byte_is_refused_or_survived()
    {
        var file = Models.Linear().Bytes();
        var (refused, loaded) = (0, 0);
        foreach (var mask in (byte[])[0x01, 0x04, 0x08, 0x80, 0xff])
        {
            for (var i = 0; i < file.Length; i++)
            {
                file[i] ^= mask;
                try
                {
                    Score(file);
                    loaded++;
                }
                catch (OnnxException) { refused++; }

                file[i] ^= mask;
            }
        }

        // Weights and names may change unnoticed; that is what digests are for.
        Assert.True(refused > file.Length && loaded > file.Length / 2, $"{refused} refused, {loaded} loaded");
    }

    [Fact]
    public void Random_bytes_are_refused()
    {
        var random = new Random(17);
        for (var i = 0; i < 20_000; i++)
        {
            var file = new byte[random.Next(1, 200)];
            random.NextBytes(file);

            Assert.NotEmpty(OnnxFileCheck.Check(file));
        }
    }

    [Fact]
    public void A_field_that_is_unknown_or_there_twice_or_of_another_form_is_refused_with_its_place()
    {
        var file = Models.Linear().Bytes();

        Refused([.. file, 0xda, 0x01, 0x00], "", $"ModelProto has no field 27 in the versions of ONNX known here (byte {file.Length + 2}).");
        Refused([.. file, 0x3a, 0x00], "graph", $"The field is there twice (byte {file.Length + 1}).");
        Refused([0x0b], "ir_version", "The field has form 3 of protobuf, which is not its own (byte 1).");
        Refused([0x0a, 0x00], "ir_version", "The field is a number, and has the form of a list (byte 2).");
        Refused([0x3a, 0xff, 0xff, 0xff, 0xff, 0x0f], "graph", "4294967295 bytes should follow, and 0 do: the file is cut off or damaged (byte 6).");
        Refused([0x08, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x02], "ir_version", "The file is cut off or damaged inside a number (byte 11).");
        Refused([0x12, 0x01, 0xff], "producer_name", "The text is not UTF-8, or holds NUL (byte 2).");
        Refused([0x12, 0x01, 0x00], "producer_name", "The text is not UTF-8, or holds NUL (byte 2).");
    }

    [Fact]
    public void What_brings_operators_graphs_or_memory_of_its_own_is_refused()
    {
        var model = Models.Linear();
        model.Functions.Add(new FunctionProto { Name = "Gemm" });
        Refused(model.Bytes(), "functions", "Functions of the model's own are not accepted; inline them when exporting.");

        model = Models.Linear();
        model.TrainingInfo.Add(new TrainingInfoProto());
        Refused(model.Bytes(), "training_info", "Training information is not accepted; export the model for inference.");

        model = Models.Linear();
        model.Graph.SparseInitializer.Add(new SparseTensorProto());
        Refused(model.Bytes(), "graph.sparse_initializer", "A sparse tensor is not accepted, because a few bytes of it stand for any amount of memory; store it dense.");
    }

    [Fact]
    public void Few_bytes_cannot_stand_for_much_memory()
    {
        // A node of no content takes two bytes in the file, and a hundred in memory.
        var limits = new OnnxFileLimits { Nodes = 1_000, Messages = 3_000, Numbers = 5_000, NameBytes = 100 };
        string Says(Action<ModelProto> edit)
        {
            var model = Models.Linear();
            edit(model);
            return Assert.Single(OnnxFileCheck.Check(model.ToByteArray(), limits)).ToString();
        }

        Assert.Equal("graph.node[1000]: The model has more than 1000 operators.", Says(m => m.Graph.Node.Add(Enumerable.Repeat(new NodeProto(), 1_001))));
        Assert.EndsWith("The file has more than 3000 messages.", Says(m => m.Graph.ValueInfo.Add(Enumerable.Repeat(new ValueInfoProto(), 3_000))), StringComparison.Ordinal);
        Assert.EndsWith("The file has more than 3000 messages.", Says(m => m.Graph.Node[0].Input.Add(Enumerable.Repeat("", 3_000))), StringComparison.Ordinal);
        Assert.EndsWith("The file has more than 5000 numbers in lists; keep the data of tensors in raw_data.", Says(m => m.Graph.Initializer[0].Int64Data.Add(Enumerable.Repeat(1L, 5_001))), StringComparison.Ordinal);
        Assert.EndsWith("The file has more than 5000 numbers in lists; keep the data of tensors in raw_data.", Says(m => m.Graph.Initializer[0].Dims.Add(Enumerable.Repeat(1L, 5_001))), StringComparison.Ordinal);
        Assert.EndsWith("The name has 101 bytes; at most 100 are allowed (byte 4).", Says(m => m.ProducerName = new string('x', 101)), StringComparison.Ordinal);
    }

    [Fact]
    public void Graphs_and_types_that_nest_without_end_are_refused()
    {
        Assert.EndsWith("Graphs nest deeper than 8.", Assert.Single(OnnxFileCheck.Check(Models.Nested(9).Bytes())).Message, StringComparison.Ordinal);
        Assert.EndsWith("Graphs nest deeper than 8.", Assert.Single(OnnxFileCheck.Check(Models.Nested(500).Bytes())).Message, StringComparison.Ordinal);

        var model = Models.Linear();
        var type = model.Graph.Output[0].Type;
        for (var i = 0; i < 500; i++) { type = (type.SequenceType = new TypeProto.Types.Sequence { ElemType = new TypeProto() }).ElemType; }

        Assert.EndsWith("Messages nest deeper than 64.", Assert.Single(OnnxFileCheck.Check(model.Bytes())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_also_one_of_another_format_is_refused()
    {
        // ONNX Runtime takes a file with this mark for its own format, whatever else it is.
        var model = Models.Linear();
        model.IrVersion = 8;
        model.ProducerName = "ORTM";
        var file = model.Bytes();

        Assert.Equal("ORTM"u8.ToArray(), file[4..8]);
        Refused(file, "", "The file is in ONNX Runtime's own format; save the model as .onnx instead.");
    }

    [Fact]
    public void A_file_without_content_or_past_the_limit_is_refused()
    {
        Refused([], "", "The file is empty; it must be an ONNX model.");
        Assert.Equal("The file has 11 bytes; at most 10 are allowed.", Assert.Single(OnnxFileCheck.Check(new byte[11], new OnnxFileLimits { Bytes = 10 })).Message);
    }

    /// <summary>The bytes of the last entry of opset_import.</summary>
    private static int Entry(byte[] file) => ModelProto.Parser.ParseFrom(file).OpsetImport[^1].CalculateSize() + 2;

    private static void Score(byte[] file)
    {
        using var session = OnnxSession.Load(file);
        using var x = OnnxTensor.Of([1f, 1, 1], 1, 3);
        using var result = session.Run([x], CancellationToken.None);
    }

    private static void Refused(byte[] file, string place, string message) =>
        Assert.Equal(new OnnxFileFault(place, message), Assert.Single(OnnxFileCheck.Check(file)));
}
