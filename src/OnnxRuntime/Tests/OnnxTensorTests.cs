namespace Slipway.OnnxRuntime.Tests;

public sealed class OnnxTensorTests
{
    [Fact]
    public void Every_element_type_goes_through_a_model_unchanged()
    {
        Same([1.5f, float.NaN, float.NegativeInfinity, float.Epsilon]);
        Same([Math.PI, double.NaN, double.PositiveInfinity, double.Epsilon]);
        Same([(Half)1.5f, Half.NaN]);
        Same([long.MinValue, 0, long.MaxValue]);
        Same([int.MinValue, 0, int.MaxValue]);
        Same([short.MinValue, (short)0, short.MaxValue]);
        Same([sbyte.MinValue, (sbyte)0, sbyte.MaxValue]);
        Same([ulong.MaxValue, 0ul]);
        Same([uint.MaxValue, 0u]);
        Same([ushort.MaxValue, (ushort)0]);
        Same([byte.MaxValue, (byte)0]);
        Same([true, false, true]);
    }

    [Fact]
    public void Strings_go_through_a_model_unchanged()
    {
        string[] values = ["", "plain", "Zürich", "東京 🚲", new string('x', 10_000), "  "];
        using var session = OnnxSession.Load(Models.Identity(OnnxElementType.String, -1, 2).Bytes());
        using var x = OnnxTensor.OfStrings(values, 3, 2);

        using var result = session.Run([x], CancellationToken.None);

        Assert.Equal(values, result["y"].Strings());
        Assert.Equal(values, x.Strings());
        Assert.Equal((OnnxElementType.String, 6L), (result["y"].ElementType, result["y"].Length));
    }

    [Fact]
    public void An_empty_batch_of_strings_goes_through()
    {
        using var session = OnnxSession.Load(Models.Identity(OnnxElementType.String, -1).Bytes());
        using var x = OnnxTensor.OfStrings([], 0);

        using var result = session.Run([x], CancellationToken.None);

        Assert.Empty(result["y"].Strings());
    }

    [Fact]
    public void A_single_value_has_no_dimensions()
    {
        using var session = OnnxSession.Load(Models.Identity(OnnxElementType.Double).Bytes());
        using var x = OnnxTensor.Of([7d]);

        using var result = session.Run([x], CancellationToken.None);

        Assert.Equal(0, result["y"].Shape.Length);
        Assert.Equal([7d], result["y"].Data<double>().ToArray());
    }

    [Fact]
    public void The_memory_of_the_caller_is_used_and_not_copied()
    {
        var values = new float[] { 1, 2 };
        using var tensor = OnnxTensor.Of(values.AsMemory(1), 1);

        values[1] = 5;

        Assert.Equal(5f, tensor.Data<float>()[0]);
    }

    [Theory]
    [InlineData("The shape [2, 2] holds 4 elements, and 3 were given.", 2L, 2L)]
    [InlineData("The shape [] holds 1 elements, and 3 were given.")]
    [InlineData("The shape [0, 3] holds 0 elements, and 3 were given.", 0L, 3L)]
    [InlineData("[-3] is no shape: dimensions are 0 or more, and their product stays below 2^63.", -3L)]
    [InlineData("[4294967296, 4294967296] is no shape: dimensions are 0 or more, and their product stays below 2^63.", 4294967296L, 4294967296L)]
    [InlineData("[any, 3] is no shape: dimensions are 0 or more, and their product stays below 2^63.", -1L, 3L)]
    public void A_shape_that_does_not_fit_the_values_is_refused(string message, params long[] shape)
    {
        Assert.Equal(message, Assert.Throws<OnnxException>(() => OnnxTensor.Of([1f, 2, 3], shape)).Message);
        Assert.Equal(message, Assert.Throws<OnnxException>(() => OnnxTensor.OfStrings(["a", "b", "c"], shape)).Message);
    }

    [Fact]
    public void Reading_as_another_type_is_refused()
    {
        using var numbers = OnnxTensor.Of([1f], 1);
        using var text = OnnxTensor.OfStrings(["a"], 1);

        Assert.Equal("The tensor holds Float, not Double.", Assert.Throws<OnnxException>(() => numbers.Data<double>()).Message);
        Assert.Equal("The tensor holds Float, not String.", Assert.Throws<OnnxException>(numbers.Strings).Message);
        Assert.Equal("The tensor holds String, not UInt8.", Assert.Throws<OnnxException>(() => text.Data<byte>()).Message);
        Assert.Equal("A tensor cannot hold Char; it holds float, double, Half, bool or integers of 8 to 64 bits.", Assert.Throws<OnnxException>(() => OnnxTensor.Of(['a'], 1)).Message);
    }

    [Fact]
    public void A_string_with_NUL_is_refused_by_its_place() =>
        Assert.Equal("The string at place 1 holds NUL, which ends a string for ONNX Runtime.", Assert.Throws<OnnxException>(() => OnnxTensor.OfStrings(["a", "b\0c"], 2)).Message);

    [Fact]
    public void Nothing_is_read_from_a_disposed_tensor()
    {
        var numbers = OnnxTensor.Of([1f], 1);
        var text = OnnxTensor.OfStrings(["a"], 1);

        numbers.Dispose();
        text.Dispose();

        Assert.Throws<ObjectDisposedException>(() => numbers.Data<float>().Length);
        Assert.Throws<ObjectDisposedException>(text.Strings);
    }

    private static void Same<T>(T[] values) where T : unmanaged
    {
        using var session = OnnxSession.Load(Models.Identity(Elements.TypeOf<T>()!.Value, -1).Bytes());
        using var x = OnnxTensor.Of(values, values.Length);

        using var result = session.Run([x], CancellationToken.None);

        Assert.Equal(values, result["y"].Data<T>().ToArray());
    }
}
