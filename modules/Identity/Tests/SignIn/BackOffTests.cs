using Slipway.Identity.SignIn;

namespace Slipway.Identity.Tests.SignIn;

public sealed class BackOffTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(4, 0)]
    [InlineData(5, 1)]
    [InlineData(6, 2)]
    [InlineData(7, 4)]
    [InlineData(10, 32)]
    [InlineData(11, 60)]
    [InlineData(1_000_000, 60)]
    public void The_wait_doubles_up_to_a_minute(int failures, int seconds) => Assert.Equal(seconds, BackOff.WaitSeconds(failures, 5));

    [Fact]
    public void An_address_is_held_up_whatever_names_it_tries()
    {
        var backOff = new BackOff(new ManualClock());

        for (var i = 0; i < BackOff.FreePerAddress; i++) { backOff.Failed($"name{i}", "192.0.2.1"); }

        Assert.Equal(1, backOff.SecondsLeft("unseen", "192.0.2.1"));
        Assert.Equal(0, backOff.SecondsLeft("unseen", "192.0.2.2"));
    }

    [Fact]
    public void Addresses_of_one_ipv6_network_count_as_one()
    {
        var backOff = new BackOff(new ManualClock());

        for (var i = 0; i < BackOff.FreePerAddress; i++) { backOff.Failed($"name{i}", $"2001:db8:1:2::{i + 1:x}"); }

        Assert.Equal(1, backOff.SecondsLeft("unseen", "2001:db8:1:2:ffff::9"));
        Assert.Equal(0, backOff.SecondsLeft("unseen", "2001:db8:1:3::1"));
    }

    [Fact]
    public void Failures_are_forgotten_after_a_quarter_of_an_hour()
    {
        var clock = new ManualClock();
        var backOff = new BackOff(clock);
        for (var i = 0; i < 20; i++) { backOff.Failed("ann", "192.0.2.1"); }

        clock.Advance(TimeSpan.FromMinutes(16));

        Assert.False(backOff.Failed("ann", "192.0.2.1"));
        Assert.Equal(0, backOff.SecondsLeft("ann", "192.0.2.1"));
    }

    [Fact]
    public void Only_the_failure_that_begins_the_wait_is_reported()
    {
        var backOff = new BackOff(new ManualClock());

        var reported = Enumerable.Range(1, 10).Where(_ => backOff.Failed("ann", null)).Count();

        Assert.Equal(1, reported);
    }
}
