using Slipway.Monitoring.Folding;
using Slipway.Serving.Ports;

namespace Slipway.Monitoring.Tests.Folding;

public sealed class LogCursorTests
{
    [Theory]
    [InlineData("a:7", 99, "a", 9, 7, false)] // where this log was left, whatever was read of others
    [InlineData("a:7 b:3", 7, "b", 9, 3, false)]
    [InlineData("a:7", 7, "b", 9, 0, true)] // another data folder
    [InlineData("a:7", 7, "a", 5, 5, true)] // an older copy of it
    [InlineData(null, 7, "a", 9, 7, false)] // stored by an earlier release
    [InlineData(null, 7, "", 7, 7, false)]
    [InlineData(null, 7, "a", 5, 0, true)]
    [InlineData(null, 0, "a", 0, 0, false)]
    [InlineData("", 0, "a", 4, 0, false)]
    [InlineData("a:7", 7, null, 0, 7, false)] // no log here yet
    public void A_log_is_read_on_where_it_was_left(string? logs, long position, string? here, long end, long from, bool moved)
    {
        var known = logs?.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(log => log.Split(':')).ToDictionary(log => log[0], log => long.Parse(log[1], null));

        var found = LogCursor.Find(known, position, here is null ? null : new LogPlace(here, end));

        Assert.Equal((from, moved), (found.From, found.Moved is not null));
    }
}
