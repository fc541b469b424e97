using Slipway.OnnxRuntime.Proto;

namespace Slipway.OnnxRuntime.Tests;

/// <summary>A model may ask for memory that its file does not show.</summary>
public sealed class OnnxMemoryTests
{
    // More than the share that models get, and less than there is: the system alone would give it.
    private static readonly long Elements = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 3 / sizeof(float);

    [Fact]
    public void A_run_that_asks_for_more_memory_than_models_get_fails_alone()
    {
        using var greedy = OnnxSession.Load(Fill([Models.Value("n", OnnxElementType.Int64, 1)], []).Bytes());
        using var modest = OnnxSession.Load(Models.Linear().Bytes());
        using var n = OnnxTensor.Of([Elements], 1);
        using var x = OnnxTensor.Of([1f, 1, 1], 1, 3);

        var fault = Assert.Throws<OnnxException>(() => greedy.Run([n], CancellationToken.None));
        using var result = modest.Run([x], CancellationToken.None);

        Assert.Equal(OnnxFailure.RunFailed, fault.Failure);
        Assert.Contains("memory", fault.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Equal([19f, 32], result["y"].Data<float>().ToArray());
    }

    [Fact]
    public void A_model_that_asks_for_it_while_it_is_loaded_fails_alone()
    {
        var fault = Assert.Throws<OnnxException>(() =>
        {
            using var greedy = OnnxSession.Load(Fill([], [Models.Tensor<long>("n", [Elements], 1)]).Bytes());
            using var result = greedy.Run([], CancellationToken.None);
        });

        Assert.Contains("memory", fault.Message, StringComparison.OrdinalIgnoreCase);
    }

    private static ModelProto Fill(ValueInfoProto[] inputs, TensorProto[] initializers) =>
        Models.Model(inputs, [Models.Value("y", OnnxElementType.Float, -1)], [Models.Node("ConstantOfShape", ["n"], ["y"])], initializers);
}
