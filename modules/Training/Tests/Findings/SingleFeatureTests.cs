using Slipway.Training.Design;
using Slipway.Training.Findings;

namespace Slipway.Training.Tests.Findings;

public sealed class SingleFeatureTests
{
    [Fact]
    public void Of_the_scorecards_features_only_the_refused_insurance_is_found()
    {
        var finding = Assert.Single(SingleFeature.Find(Samples.ScorecardRules.Select(rule => Tables.Mortgage[rule.Column]), Samples.Denied, true, "all rows"));

        Assert.Equal("insurance", finding.Subject);
        Assert.Contains("where it is 'yes', 91.7 % of 48 rows have the rarer outcome", finding.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_found_in_two_thirds_of_the_rows_too_and_nothing_else_is()
    {
        for (var part = 0; part < 3; part++)
        {
            int[] rows = [.. Enumerable.Range(0, 2380).Where(row => row % 3 != part)];
            var columns = Samples.ScorecardRules.Select(rule => Part(Tables.Mortgage[rule.Column], rows));

            Assert.Equal(["insurance"], SingleFeature.Find(columns, [.. rows.Select(row => Samples.Denied[row])], true, "part").Select(finding => finding.Subject));
        }
    }

    [Fact]
    public void A_number_that_ranks_the_outcomes_is_found()
    {
        double[] label = [.. Enumerable.Range(0, 200).Select(row => row >= 150 ? 1.0 : 0)];
        double[] column = [.. Enumerable.Range(0, 200).Select(row => (double)((row * 7 % 11) - row))];

        var finding = Assert.Single(SingleFeature.Find([Column.OfNumbers("late", column)], label, true, "test rows"));

        Assert.Contains("ranks the outcomes with AUC", finding.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_column_that_holds_a_numeric_label_is_found_and_a_weak_one_is_not()
    {
        var label = Tables.Normals(5, 500);
        double[] copy = [.. label.Zip(Tables.Normals(6, 500), (value, noise) => value + (0.05 * noise))];

        var found = SingleFeature.Find([Column.OfNumbers("copy", copy), Column.OfNumbers("noise", Tables.Normals(7, 500))], label, false, "test rows");

        Assert.Equal(["copy"], found.Select(finding => finding.Subject));
    }

    private static Column Part(Column column, int[] rows) => column.Type == ColumnType.Number
        ? Column.OfNumbers(column.Name, [.. rows.Select(row => column.Numbers[row])])
        : Column.OfTexts(column.Name, [.. rows.Select(row => column.Texts[row])]);
}
