using Slipway.OnnxRuntime.Proto;

namespace Slipway.OnnxRuntime.Tests;

public sealed class OnnxSessionTests
{
    [Fact]
    public void A_model_says_what_it_takes_and_gives()
    {
        using var session = OnnxSession.Load(Models.Linear().Bytes());

        Assert.Equal(["x: Float [any, 3]"], session.Inputs.Select(input => input.ToString()));
        Assert.Equal(["y: Float [any, 2]"], session.Outputs.Select(output => output.ToString()));
        Assert.Equal([-1, 3], session.Inputs[0].Shape);
        Assert.StartsWith("1.", OnnxSession.EngineVersion, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_batch_is_scored_by_name(int threads)
    {
        using var session = OnnxSession.Load(Models.Linear().Bytes(), new OnnxSessionOptions { Threads = threads });
        using var x = OnnxTensor.Of([1f, 1, 1, 2, 0, 1], 2, 3);

        using var result = session.Run(new Dictionary<string, OnnxTensor> { ["x"] = x }, CancellationToken.None);

        Assert.Equal([2, 2], result["y"].Shape.ToArray());
        Assert.Equal([19f, 32, 17, 30], result["y"].Data<float>().ToArray());
    }

    [Fact]
    public void A_run_writes_into_the_callers_memory_and_reads_it_anew_each_time()
    {
        using var session = OnnxSession.Load(Models.Linear().Bytes());
        var (from, to) = (new float[] { 1, 1, 1 }, new float[2]);
        using var x = OnnxTensor.Of(from, 1, 3);
        using var y = OnnxTensor.Of(to, 1, 2);

        session.Run([x], [y], CancellationToken.None);
        Assert.Equal([19f, 32], to);

        from[0] = 2;
        session.Run([x], [y], CancellationToken.None);
        Assert.Equal([20f, 34], to);
    }

    [Fact]
    public void A_run_into_the_callers_memory_allocates_nothing()
    {
        using var session = OnnxSession.Load(Models.Linear().Bytes());
        using var x = OnnxTensor.Of([1f, 1, 1], 1, 3);
        using var y = OnnxTensor.Of(new float[2], 1, 2);
        var (inputs, outputs) = (new[] { x }, new[] { y });
        session.Run(inputs, outputs, CancellationToken.None);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++) { session.Run(inputs, outputs, CancellationToken.None); }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void An_empty_batch_gives_an_empty_result()
    {
        using var session = OnnxSession.Load(Models.Linear().Bytes());
        using var x = OnnxTensor.Of(Array.Empty<float>(), 0, 3);

        using var result = session.Run([x], CancellationToken.None);

        Assert.Equal([0, 2], result.Tensors[0].Shape.ToArray());
        Assert.Empty(result.Tensors[0].Data<float>().ToArray());
    }

    [Fact]
    public void Only_the_outputs_asked_for_are_computed_in_the_order_asked_for()
    {
        var model = Models.Linear();
        model.Graph.Node.Add(Models.Node("Neg", ["y"], ["z"]));
        model.Graph.Output.Add(Models.Value("z", OnnxElementType.Float, -1, 2));
        using var session = OnnxSession.Load(model.Bytes());
        using var x = OnnxTensor.Of([1f, 1, 1], 1, 3);
        var inputs = new Dictionary<string, OnnxTensor> { ["x"] = x };

        using var both = session.Run(inputs, ["z", "y"], CancellationToken.None);
        using var one = session.Run(inputs, ["z"], CancellationToken.None);

        Assert.Equal([-19f, -32], both.Tensors[0].Data<float>().ToArray());
        Assert.Equal([19f, 32], both["y"].Data<float>().ToArray());
        Assert.Equal("The result has no output 'y'; it has z.", Assert.Throws<OnnxException>(() => one["y"]).Message);
    }

    [Fact]
    public void Every_fault_of_an_input_is_said_before_the_run()
    {
        using var session = OnnxSession.Load(Models.Linear().Bytes());
        using var right = OnnxTensor.Of([1f, 1, 1], 1, 3);
        using var doubles = OnnxTensor.Of([1d, 1, 1], 1, 3);
        using var wide = OnnxTensor.Of([1f, 1, 1, 1], 1, 4);
        using var flat = OnnxTensor.Of([1f, 1, 1], 3);

        void Says(string message, params (string Name, OnnxTensor Tensor)[] inputs)
        {
            var fault = Assert.Throws<OnnxException>(() => session.Run(inputs.ToDictionary(input => input.Name, input => input.Tensor), CancellationToken.None));
            Assert.Equal((OnnxFailure.ValueRefused, message), (fault.Failure, fault.Message));
        }

        Says("The input 'x' is missing; the model wants x: Float [any, 3].");
        Says("The model has no input 'X'; its inputs are x: Float [any, 3].", ("X", right));
        Says("The input 'x' is Float, and Double was given.", ("x", doubles));
        Says("The input 'x' has the shape [any, 3], and [1, 4] was given.", ("x", wide));
        Says("The input 'x' has the shape [any, 3], and [3] was given.", ("x", flat));
        Assert.Equal("The model has no output 'z'; its outputs are y: Float [any, 2].", Assert.Throws<OnnxException>(() => session.Run(new Dictionary<string, OnnxTensor> { ["x"] = right }, ["z"], CancellationToken.None)).Message);
        Assert.Equal("The model has 1 inputs (x: Float [any, 3]), and 2 were given.", Assert.Throws<OnnxException>(() => session.Run([right, right], CancellationToken.None)).Message);
    }

    [Fact]
    public void An_output_of_the_caller_with_the_wrong_number_of_rows_is_refused_by_the_engine()
    {
        using var session = OnnxSession.Load(Models.Linear().Bytes());
        using var x = OnnxTensor.Of([1f, 1, 1], 1, 3);
        using var y = OnnxTensor.Of(new float[4], 2, 2);

        var fault = Assert.Throws<OnnxException>(() => session.Run([x], [y], CancellationToken.None));

        Assert.Equal(OnnxFailure.RunFailed, fault.Failure);
        Assert.StartsWith("ONNX Runtime: ", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fault_while_running_carries_the_message_of_the_engine()
    {
        var model = Models.Model([Models.Value("x", OnnxElementType.Float, -1)], [Models.Value("y", OnnxElementType.Float, -1, -1)],
            [Models.Node("Reshape", ["x", "to"], ["y"])], [Models.Tensor<long>("to", [2, 2], 2)]);
        using var session = OnnxSession.Load(model.Bytes());
        using var x = OnnxTensor.Of([1f, 2, 3], 3);

        var fault = Assert.Throws<OnnxException>(() => session.Run([x], CancellationToken.None));

        Assert.Equal(OnnxFailure.RunFailed, fault.Failure);
        Assert.Contains("Reshape", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_that_the_engine_refuses_carries_its_message()
    {
        var model = Models.Linear();
        model.Graph.Node[0].OpType = "Gimm";

        var fault = Assert.Throws<OnnxException>(() => OnnxSession.Load(model.Bytes()));

        Assert.Equal(OnnxFailure.ModelRefused, fault.Failure);
        Assert.Contains("Gimm", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_the_check_refuses_never_reaches_the_engine()
    {
        var fault = Assert.Throws<OnnxException>(() => OnnxSession.Load(new ModelProto().Bytes().Concat("junk"u8.ToArray()).ToArray()));

        Assert.Equal(OnnxFailure.FileRefused, fault.Failure);
        Assert.Equal(fault.Faults[0].ToString(), fault.Message["The model file is refused: ".Length..]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(257)]
    public void A_number_of_threads_out_of_range_is_refused(int threads) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => OnnxSession.Load(Models.Linear().Bytes(), new OnnxSessionOptions { Threads = threads }));
}
