using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Google.Protobuf;
using Slipway.OnnxRuntime;
using Slipway.OnnxRuntime.Proto;

namespace Slipway.Bench;

/// <summary>Scoring a scorecard (20 numbers, Gemm and Sigmoid, one thread) beside ONNX Runtime's own npm package, on the same file in the same run, round by round.</summary>
internal static class OnnxBench
{
    private const int Features = 20, Rounds = 5;
    private static readonly (int Batch, int Runs)[] Sizes = [(1, 200_000), (64, 100_000)];

    public static async Task Run(string[] args)
    {
        var folder = Machine.Folder();
        try
        {
            var path = Path.Combine(folder.FullName, "scorecard.onnx");
            await File.WriteAllBytesAsync(path, Scorecard().ToByteArray());
            Load(await File.ReadAllBytesAsync(path));
            foreach (var (batch, runs) in Sizes) { await Compare(path, batch, runs); }
        }
        finally { folder.Delete(recursive: true); }
    }

    private static async Task Compare(string path, int batch, int runs)
    {
        using var session = OnnxSession.Load(await File.ReadAllBytesAsync(path));
        var (into, result, named, node) = (Figure(batch, "into the caller's memory"), Figure(batch, "into a new result"), Figure(batch, "by name, into a new result"), Figure(batch, "npm onnxruntime-node"));
        var (intoBytes, resultBytes, namedBytes) = (0d, 0d, 0d);
        for (var round = -1; round < Rounds; round++)
        {
            var (a, b, c) = (Into(session, batch, runs), Result(session, batch, runs), Named(session, batch, runs));
            var d = await Node(path, batch, runs / 4);
            if (round < 0) { continue; }

            into.Add(a.Microseconds);
            result.Add(b.Microseconds);
            named.Add(c.Microseconds);
            if (d is { } peer) { node.Add(peer); }

            (intoBytes, resultBytes, namedBytes) = (a.Bytes, b.Bytes, c.Bytes);
        }

        into.Print();
        result.Print();
        named.Print();
        if (!double.IsNaN(node.Median)) { node.Print(); }
        else { Console.WriteLine("npm onnxruntime-node: not measured, node or the package is missing"); }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"bytes allocated a call: {intoBytes:0} into the caller's memory, {resultBytes:0} into a new result, {namedBytes:0} by name"));
    }

    private static Figures Figure(int batch, string how) => new($"batch {batch}, {how}", "µs");

    private static void Load(byte[] file)
    {
        var (check, load) = (new Figures("check of the file", "µs"), new Figures("check and load", "µs"));
        for (var i = -20; i < 50; i++)
        {
            var (a, b) = (Time(1, () => OnnxFileCheck.Check(file)), Time(1, () => OnnxSession.Load(file).Dispose()));
            if (i < 0) { continue; }

            check.Add(a.Microseconds);
            load.Add(b.Microseconds);
        }

        check.Print();
        load.Print();
    }

    private static (double Microseconds, double Bytes) Into(OnnxSession session, int batch, int runs)
    {
        using var x = Rows(batch);
        using var y = OnnxTensor.Of(new float[batch], batch, 1);
        var (inputs, outputs) = (new[] { x }, new[] { y });
        return Time(runs, () => session.Run(inputs, outputs, CancellationToken.None));
    }

    private static (double Microseconds, double Bytes) Result(OnnxSession session, int batch, int runs)
    {
        using var x = Rows(batch);
        var inputs = new[] { x };
        return Time(runs, () => session.Run(inputs, CancellationToken.None).Dispose());
    }

    private static (double Microseconds, double Bytes) Named(OnnxSession session, int batch, int runs)
    {
        var values = new float[batch * Features];
        return Time(runs, () =>
        {
            using var x = OnnxTensor.Of(values, batch, Features);
            session.Run(new Dictionary<string, OnnxTensor> { ["x"] = x }, CancellationToken.None).Dispose();
        });
    }

    private static (double Microseconds, double Bytes) Time(int runs, Action run)
    {
        var (bytes, clock) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.StartNew());
        for (var i = 0; i < runs; i++) { run(); }

        return (clock.Elapsed.TotalMicroseconds / runs, (double)(GC.GetAllocatedBytesForCurrentThread() - bytes) / runs);
    }

    private static OnnxTensor Rows(int batch) => OnnxTensor.Of([.. Enumerable.Range(0, batch * Features).Select(i => i % 7 / 7f)], batch, Features);

    /// <summary>Microseconds a run of the npm package, after a warm-up of its own; null when it cannot be started.</summary>
    private static async Task<double?> Node(string path, int batch, int runs) =>
        (await NodePeer.Run("onnx-node.mjs", path, $"{batch}", $"{Features}", $"{runs}"))?.GetProperty("microseconds").GetDouble();

    private static ModelProto Scorecard()
    {
        var model = new ModelProto { IrVersion = 8, Graph = new GraphProto { Name = "scorecard" } };
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = 17 });
        model.Graph.Node.Add([Node("Gemm", ["x", "w", "b"], "z"), Node("Sigmoid", ["z"], "y")]);
        model.Graph.Initializer.Add([Tensor("w", [.. Enumerable.Range(0, Features).Select(i => (i - 10) / 20f)], Features, 1), Tensor("b", [0.5f], 1)]);
        model.Graph.Input.Add(Value("x", Features));
        model.Graph.Output.Add(Value("y", 1));
        return model;
    }

    private static NodeProto Node(string operation, string[] inputs, string output) => new() { OpType = operation, Input = { inputs }, Output = { output } };

    private static TensorProto Tensor(string name, float[] data, params long[] shape) =>
        new() { Name = name, DataType = (int)OnnxElementType.Float, Dims = { shape }, RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes(data.AsSpan())) };

    private static ValueInfoProto Value(string name, int columns)
    {
        var shape = new TensorShapeProto { Dim = { new TensorShapeProto.Types.Dimension { DimParam = "rows" }, new TensorShapeProto.Types.Dimension { DimValue = columns } } };
        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)OnnxElementType.Float, Shape = shape } } };
    }
}
