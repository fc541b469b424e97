using Slipway.Datasets.Contracts;
using Slipway.Kernel.Contracts;

namespace Slipway.Datasets.Tests.Checks;

public sealed class RefusalTests
{
    [Theory, EachDatabase]
    public async Task Percent_in_place_of_a_ratio_is_refused_by_name_with_examples_and_nothing_changes(string database)
    {
        await using var house = await House.Open(database);
        await house.SetContract("mortgage", House.Sample("hmda.contract.yaml"));
        await house.Add("mortgage", House.Sample("hmda.csv"));
        var before = await house.State();

        var (problem, report) = await house.Refused("mortgage", House.Sample("hmda-percent.csv"));

        Assert.Equal(["hirat", "pirat"], problem.Errors!.Select(fault => fault.Field).Order());
        Assert.Contains(
            "'pirat', maximum: Every value is at most 3 (unit 1); 200 rows break it, first row 1 with '22.1'. Probably a unit mistake ('%' in place of '1', factor 100): divided by 100, 200 of the 200 values lie in the range.",
            problem.Detail, StringComparison.Ordinal);
        var broken = report.Verdicts.Where(verdict => verdict.State != VerdictState.Passed).ToList();
        Assert.Equal([("pirat", "maximum", 200L), ("hirat", "maximum", 200L)], broken.Select(verdict => (verdict.Column!, verdict.Rule, verdict.Count)));
        Assert.Equal([new ExampleView(1, "22.1"), new ExampleView(2, "26.5"), new ExampleView(3, "37.2")], broken[0].Examples!.Take(3));
        Assert.Equal((10, false, 200L), (broken[0].Examples!.Count, report.Passed, report.Rows));
        Assert.Equal(before, await house.State());
        Assert.Equal(0, before.Scratch);

        var (status, body) = await house.Post("mortgage/check?format=csv", House.Sample("hmda-percent.csv"));
        Assert.Equal((200, report.Verdicts.Count), (status, House.Json<CheckReport>(body).Verdicts.Count));
        Assert.False(House.Json<CheckReport>(body).Passed);
        Assert.Equal(before, await house.State());
    }

    [Fact]
    public async Task Every_kind_of_rule_names_its_column_counts_its_rows_and_shows_them()
    {
        await using var house = await House.Open(TestDatabase.Sqlite);
        await house.SetContract("t", House.Contract(
            """
            { name: id, logicalType: integer, primaryKey: true },
            { name: code, logicalType: string, required: true, unique: true, logicalTypeOptions: { pattern: "[A-Z]{3}", maxLength: 3 } },
            { name: share, logicalType: number, logicalTypeOptions: { minimum: 0, maximum: 1, multipleOf: 0.25 } },
            { name: day, logicalType: date, logicalTypeOptions: { minimum: "2026-01-01", maximum: "2026-12-31" } },
            { name: kind, logicalType: string, quality: [ { metric: invalidValues, arguments: { validValues: [a, b] }, mustBe: 0 }, { metric: nullValues, mustBeLessThan: 50, unit: percent } ] },
            { name: absent, logicalType: string }
            """.ReplaceLineEndings(" "), "    quality: [ { metric: rowCount, mustBeGreaterThan: 10 }, { type: text, description: A person looks at it. } ]\n"));

        var (problem, report) = await house.Refused("t", "id,code,share,day,kind,extra\n1,ABC,0.5,2026-05-01,a,x\n1,abc,2,2025-05-01,c,x\nx,,0.3,2026-05-01,,x\n3,ABC,nan,soon,,x\n");

        Assert.Equal(
            [
                "Failed id type 1 3:x", "Failed code required 1 3:-", "Failed code unique 1 4:ABC", "Failed code pattern 1 2:abc", "Failed share type 1 4:nan", "Failed share maximum 1 2:2",
                "Failed share multipleOf 1 3:0.3", "Failed day type 1 4:soon", "Failed day minimum 1 2:2025-05-01", "Failed kind allowedValues 1 2:c", "Failed kind nullValues 2 3:-",
                "Failed absent present 4 ", "Warning extra known 1 ", "Failed id primaryKey 1 2:1", "Failed  rowCount 4 ", "NotChecked  text 0 ",
            ],
            report.Verdicts.Where(verdict => verdict.State != VerdictState.Passed)
                .Select(verdict => $"{verdict.State} {verdict.Column} {verdict.Rule} {verdict.Count} {(verdict.Examples is [var first, ..] ? $"{first.Row}:{first.Value ?? "-"}" : "")}"));
        Assert.Contains("breaks 14 rules of contract test 1.0.0; nothing was changed.", problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rule_that_only_warns_lets_the_file_pass_and_the_version_says_so()
    {
        await using var house = await House.Open(TestDatabase.Sqlite);
        await house.SetContract("t", House.Contract("{ name: a, logicalType: integer, quality: [ { metric: nullValues, mustBe: 0, severity: warning } ] }"));

        var version = await house.Add("t", "a,b\n1,2\n,3\n");

        Assert.Equal(DatasetVerdict.Warning, version.Verdict);
        Assert.Equal([("a", "nullValues", 1L), ("b", "known", 1L)], (await house.Version("t", 1)).Verdicts.Where(verdict => verdict.State == VerdictState.Warning).Select(verdict => (verdict.Column!, verdict.Rule, verdict.Count)));
    }

    [Theory]
    [InlineData("1", "minimum: 0, maximum: 1", "0.31 0.28 0.35 0.3 0.33 30 0.29 28 0.4 0.25", "('%' in place of '1', factor 100): divided by 100, 2 of the 2 values lie in the range.")]
    [InlineData("1", "minimum: 0, maximum: 1", "0.31 0.28 0.35 0.3 0.33 5000 0.29 0.3 0.4 0.25", null)]
    [InlineData("kg", "minimum: 30, maximum: 200", "340 400 352", "('[lb_av]' in place of 'kg', factor 2.2046)")]
    [InlineData("mmol/L", "minimum: 2, maximum: 30", "90 110 126", "('mg/dL' of glucose in place of 'mmol/L', factor 18.018)")]
    public async Task A_factor_between_units_is_named_and_an_outlier_is_not(string unit, string range, string values, string? hint)
    {
        await using var house = await House.Open(TestDatabase.Sqlite);
        await house.SetContract("t", House.Contract($"{{ name: a, logicalType: number, logicalTypeOptions: {{ {range} }}, customProperties: [ {{ property: unitOfMeasure, value: \"{unit}\" }} ] }}"));

        var (_, report) = await house.Refused("t", "a\n" + values.Replace(' ', '\n') + "\n");

        var said = report.Verdicts.Single(verdict => verdict.State == VerdictState.Failed).Hint;
        Assert.True(hint is null ? said is null : said?.Contains(hint, StringComparison.Ordinal) == true, said);
    }

    [Fact]
    public async Task A_faulty_contract_is_refused_with_every_fault_and_one_that_nobody_knows_is_a_404()
    {
        await using var house = await House.Open(TestDatabase.Sqlite);
        var before = await house.State();

        var (status, body) = await house.Send(HttpMethod.Put, "t/contract", new StringContent(House.Contract("{ name: a, logicalType: float }, { name: b, requird: true }")));

        Assert.Equal(400, status);
        Assert.Equal(["schema[0].properties[0].logicalType", "schema[0].properties[1].requird"], House.Json<ProblemView>(body).Errors!.Select(fault => fault.Field));
        Assert.Equal(404, (await house.Post($"t/versions?format=csv&contract={new string('a', 64)}", "a\n1\n")).Status);
        Assert.Equal(404, (await house.Post("t/versions?format=csv&contract=../secret", "a\n1\n")).Status);
        Assert.Contains("no contract to check against", (await house.Post("t/check?format=csv", "a\n1\n")).Body, StringComparison.Ordinal);
        Assert.Equal(400, (await house.Post("t/versions?format=xlsx", "a\n1\n")).Status);
        Assert.Equal(400, (await house.Post("t%20t/versions?format=csv", "a\n1\n")).Status);
        Assert.Equal(before, await house.State());
    }
}
