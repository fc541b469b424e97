using System.Runtime.InteropServices;
using Slipway.Tracking.Metrics;

namespace Slipway.Tracking.Tests.Metrics;

public sealed class PointCodecTests
{
    private static readonly long[] Longs = [0, 1, -1, 63, 64, -64, -65, 1_700_000_000_000, long.MaxValue, long.MinValue, long.MaxValue - 1, long.MinValue + 1];

    private static readonly double[] Doubles =
    [
        0, -0.0, 1, -1, 0.1, 1.0 / 3, Math.PI, double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.MaxValue, double.MinValue, double.Epsilon, -double.Epsilon, 1e-300,
    ];

    [Fact]
    public void Every_extreme_comes_back_bit_for_bit()
    {
        var points = (from time in Longs from step in Longs from value in Doubles select new MetricPoint(time, step, value)).ToList();

        Assert.Equal(Bits(points), Bits(RoundTrip(points)));
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(5)]
    public void Random_points_come_back_in_their_order(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 200; round++)
        {
            var points = Enumerable.Range(0, random.Next(0, 300)).Select(_ => new MetricPoint(
                random.Next(3) == 0 ? random.NextInt64(long.MinValue, long.MaxValue) : random.Next(10),
                random.Next(3) == 0 ? Longs[random.Next(Longs.Length)] : random.Next(1000),
                random.Next(3) == 0 ? Doubles[random.Next(Doubles.Length)] : BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue)))).ToList();

            Assert.Equal(Bits(points), Bits(RoundTrip(points)));
        }
    }

    [Fact]
    public void A_regular_series_takes_few_bytes()
    {
        var steady = Enumerable.Range(0, 1_000).Select(i => new MetricPoint(1_700_000_000_000 + (i * 1_000L), i, 0.5)).ToList();
        var noisy = Enumerable.Range(0, 1_000).Select(i => new MetricPoint(1_700_000_000_000 + (i * 1_000L), i, Math.Sin(i) * 1.1)).ToList();

        Assert.InRange(PointCodec.Encode(CollectionsMarshal.AsSpan(steady)).Length, 3_000, 3_100);
        Assert.InRange(PointCodec.Encode(CollectionsMarshal.AsSpan(noisy)).Length, 3_000, 11_000);
    }

    [Fact]
    public void Damaged_bytes_are_reported_and_not_read_past_their_end()
    {
        var bytes = PointCodec.Encode([new(1, 2, 3), new(4, 5, 6)]);

        for (var length = 0; length < bytes.Length; length++)
        {
            var cut = bytes[..length];
            Assert.Throws<FormatException>(() => PointCodec.Decode(cut, []));
        }

        Assert.Throws<FormatException>(() => PointCodec.Decode([.. bytes, 0], []));
        Assert.Throws<FormatException>(() => PointCodec.Decode([1, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F], []));
    }

    [Fact]
    public void A_tail_gives_every_key_or_one()
    {
        List<MetricPoint> loss = [new(1, 1, 0.5), new(2, 2, 0.25)], accuracy = [new(1, 1, 0.9)];
        var bytes = TailCodec.Encode([new(7, loss), new(300, accuracy)]);
        Dictionary<long, List<MetricPoint>> all = [], one = [];

        TailCodec.Decode(bytes, all);
        TailCodec.Decode(bytes, one, onlyKey: 300);

        Assert.Equal(loss, all[7]);
        Assert.Equal(accuracy, all[300]);
        Assert.Equal([300L], one.Keys);
    }

    private static List<MetricPoint> RoundTrip(List<MetricPoint> points)
    {
        var back = new List<MetricPoint>();
        PointCodec.Decode(PointCodec.Encode(CollectionsMarshal.AsSpan(points)), back);
        return back;
    }

    private static IEnumerable<(long, long, long)> Bits(List<MetricPoint> points) =>
        points.Select(point => (point.TimeMs, point.Step, BitConverter.DoubleToInt64Bits(point.Value)));
}
