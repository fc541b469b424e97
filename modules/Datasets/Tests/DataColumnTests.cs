using Slipway.Datasets.Ports;

namespace Slipway.Datasets.Tests;

public sealed class DataColumnTests
{
    [Fact]
    public void A_missing_value_is_NaN_as_a_number_and_null_as_text()
    {
        DataColumn[] columns =
        [
            new NumberColumn("n", "1", [false, true], [1.5, double.NaN]), new IntegerColumn("i", null, [false, true], [7, 0]), new BooleanColumn("b", null, [false, true], [true, false]),
        ];

        Assert.Equal([1.5, 7, 1], columns.Select(column => column.ToNumbers()![0]));
        Assert.All(columns, column => Assert.True(double.IsNaN(column.ToNumbers()![1]) && column.ToTexts()[1] is null && column.IsMissing(1)));
        Assert.Equal(["1.5", "7", "true"], columns.Select(column => column.ToTexts()[0]));
        Assert.Null(new TextColumn("t", null, null, ["1"]).ToNumbers());
    }
}
