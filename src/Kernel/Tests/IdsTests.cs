namespace Slipway.Kernel.Tests;

public sealed class IdsTests
{
    [Fact]
    public void Ids_made_one_after_the_other_sort_in_that_order_whatever_the_clock_does()
    {
        var clock = new ManualClock();
        var ids = new List<string>();
        for (var i = 0; i < 10_000; i++)
        {
            if (i == 5_000) { clock.Advance(TimeSpan.FromMinutes(-5)); }

            ids.Add(Ids.New(clock));
        }

        Assert.Equal(ids.Order(StringComparer.Ordinal), ids);
        Assert.Equal(ids.Count, ids.Distinct().Count());
    }

    [Fact]
    public void An_id_is_a_version_7_uuid_of_its_time()
    {
        var clock = new ManualClock();

        var id = Guid.ParseExact(Ids.New(clock), "N");

        Assert.Equal((7, 0x8), (id.Version, id.Variant & 0xc));
        Assert.Equal(clock.GetUtcNow().ToUnixTimeMilliseconds(), Convert.ToInt64(id.ToString("N")[..12], 16));
    }

    [Fact]
    public void Ids_of_many_threads_are_all_different()
    {
        var ids = new string[40_000];

        Parallel.For(0, ids.Length, i => ids[i] = Ids.New(TimeProvider.System));

        Assert.Equal(ids.Length, ids.Distinct().Count());
    }
}
