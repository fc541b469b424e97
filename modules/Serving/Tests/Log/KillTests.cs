namespace Slipway.Serving.Tests.Log;

public sealed class KillTests
{
    [Fact]
    public async Task What_a_killed_process_had_answered_is_there_or_counted_to_the_row()
    {
        var folder = Directory.CreateTempSubdirectory("slipway-log-").FullName;
        try
        {
            var (answered, kept) = (0, 0L);
            HashSet<int> told = [];
            for (var round = 0; round < 3; round++)
            {
                told = [.. await KilledWriter.Run(folder, 300 + 701 * round)];
                await using var house = await LogHouse.Open(folder);
                var rows = await house.Rest();
                var health = house.Log.Health(LogHouse.Workspace, LogHouse.Endpoint);

                Assert.All(rows, LogHouse.Sound);
                Assert.Equal(rows.Count, rows.Select(row => row.PredictionId).Distinct().Count());
                // Of each request all rows or none, as they became durable together.
                Assert.All(rows.GroupBy(row => row.PredictionId[..32]), request => Assert.Equal(3, request.Count()));
                var there = rows.Skip((int)kept).Select(row => (int)row.Numbers[0]).ToHashSet();
                answered += told.Count * 3;
                var missing = told.Where(number => !there.Contains(number)).Sum(_ => 3);
                Assert.True(missing <= health.Lost, $"{missing} answered predictions are missing and {health.Lost} are counted as lost.");
                Assert.Equal(rows.Count + health.Lost, health.DurablePosition);
                kept = rows.Count;
            }

            // How many depends on when the machine let the log write.
            Assert.True(kept > 0, $"None of {answered} answered predictions is there.");
        }
        finally { Directory.Delete(folder, recursive: true); }
    }
}
