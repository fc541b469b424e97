using Slipway.Datasets.Odcs;
using Slipway.Kernel;

namespace Slipway.Datasets.Tests.Odcs;

public sealed class ContractReaderTests
{
    private const string Head = "apiVersion: v3.1.0\nkind: DataContract\nid: c\nversion: 1.0.0\nstatus: active\n";

    [Fact]
    public void The_samples_are_sound_and_say_what_their_columns_are()
    {
        var mortgage = ContractReader.Read(Sample("hmda.contract.yaml")).Value;
        var earnings = ContractReader.Read(Sample("earnings.contract.yaml")).Value;

        Assert.Equal(14, mortgage.Columns.Count);
        Assert.Equal(("1", LogicalType.Number, true, 3.0), Facts(mortgage.Find("pirat")!));
        Assert.Equal(["yes", "no"], mortgage.Find("deny")!.Quality[0].ValidValues!);
        Assert.Equal(new Threshold(Operator.MustBeGreaterOrEqualTo, 100, 100, false), mortgage.Quality[0].Threshold);
        Assert.Equal(("{USD}/h", LogicalType.Number, true, 100.0), Facts(earnings.Find("earnings")!));
    }

    [Fact]
    public void Every_fault_is_reported_with_its_place()
    {
        var faults = Faults("""
            apiVersion: v9
            kind: Contract
            id: c
            status: live
            requried: true
            schema:
              - name: t
                properties:
                  - name: a
                    logicalType: float
                    required: maybe
                    logicalTypeOptions: { minimum: 0 }
                  - name: b
                    logicalType: number
                    logicalTypeOptions: { minimum: 5, maximum: 1, minimun: 2 }
                    customProperties: [ { property: unitOfMeasure, value: percent } ]
                  - name: c
                    logicalType: number
                    customProperties: [ { property: unitOfMeasure, value: kg }, { property: quantityKind, value: Length } ]
                  - name: d
                    logicalType: string
                    logicalTypeOptions: { pattern: "(a" }
                    quality:
                      - { metric: invalidValues, mustBe: 0 }
                      - { metric: nullValues, mustBe: 0, mustBeLessThan: 3 }
                      - { metric: nullValues, mustBeBetween: [5, 1] }
                      - { metric: freshness, mustBe: 1 }
                  - name: D
            """);

        Assert.Equal(
            [
                "apiVersion", "kind", "version", "status", "schema[0].properties[0].logicalType", "schema[0].properties[0].logicalTypeOptions.minimum", "schema[0].properties[0].required",
                "schema[0].properties[1].logicalTypeOptions.minimun", "schema[0].properties[1].logicalTypeOptions.minimum", "schema[0].properties[1].customProperties[0].value",
                "schema[0].properties[2].customProperties", "schema[0].properties[3].logicalTypeOptions.pattern", "schema[0].properties[3].quality[0].arguments",
                "schema[0].properties[3].quality[1].metric", "schema[0].properties[3].quality[2].mustBeBetween", "schema[0].properties[3].quality[3].metric", "schema[0].properties", "requried",
            ],
            faults.Select(fault => fault.Field));
        Assert.Contains("(line 16)", faults[9].Detail, StringComparison.Ordinal);
        Assert.Contains("did you mean %?", faults[9].Detail, StringComparison.Ordinal);
        Assert.Contains("ODCS 3.1 has", faults[^1].Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a: [", "no YAML")]
    [InlineData("a: &x 1\nb: *x", "alias")]
    [InlineData("--- {}\n--- {}", "2 YAML documents")]
    [InlineData("", "0 YAML documents")]
    [InlineData("- a", "no mapping")]
    [InlineData(Head, "schema (line 1) is missing")]
    [InlineData(Head + "schema: []", "has 0 objects")]
    [InlineData(Head + "schema: [{ name: t, properties: [] }]", "missing or empty")]
    [InlineData(Head + "schema: [{ name: t, properties: [{ name: \"a\\u202eb\" }] }]", "cannot be seen")]
    [InlineData(Head + "schema: [{ name: t, properties: [{ name: a, logicalType: string, customProperties: [{ property: unitOfMeasure, value: kg }] }] }]", "only numbers have one")]
    [InlineData(Head + "schema: [{ name: t, quality: [{ metric: duplicateValues, arguments: { properties: [z] }, mustBe: 0 }], properties: [{ name: a }] }]", "'z' is none")]
    public void What_is_no_contract_is_refused_with_the_reason(string text, string reason) =>
        Assert.Contains(reason, ContractReader.Read(text).Problem!.Detail, StringComparison.Ordinal);

    [Fact]
    public void Hostile_texts_are_refused_and_not_expanded()
    {
        string[] hostile =
        [
            new string('[', 1_000_000), new string('a', Limits.ContractChars + 1), string.Concat(Enumerable.Repeat("- a\n", 220_000)), "a: " + new string('{', 999_000),
            "%YAML 9.9\n---\n!!binary x", "a: !<tag:x> b",
        ];

        Assert.All(hostile, text => Assert.Equal(400, ContractReader.Read(text).Problem!.Status));
    }

    [Fact]
    public void Rules_that_need_another_engine_are_kept_as_not_checked()
    {
        var contract = ContractReader.Read(Head + "schema: [{ name: t, properties: [{ name: a }], quality: [{ type: text, description: Looks right. }, { type: sql, query: SELECT 1, mustBe: 1 }] }]").Value;

        Assert.All(contract.Quality, rule => Assert.Equal(QualityMetric.NotChecked, rule.Metric));
    }

    [Fact]
    public void A_damaged_contract_is_read_or_refused_and_nothing_else()
    {
        var (whole, random) = (Sample("hmda.contract.yaml"), new Random(11));
        const string Marks = " \n\t:-[]{}\"'&*!|>%@#,?0a\0";
        for (var round = 0; round < 400; round++)
        {
            var text = new System.Text.StringBuilder(whole);
            for (var change = 0; change < 3; change++)
            {
                var at = random.Next(text.Length);
                if (round % 3 == 0) { text.Remove(at, Math.Min(random.Next(1, 30), text.Length - at)); }
                else { text.Insert(at, Marks[random.Next(Marks.Length)]); }
            }

            if (ContractReader.Read(text.ToString()).Problem is { } problem) { Assert.NotEmpty(problem.Faults!); }
        }
    }

    [Fact]
    public void What_stands_further_left_than_its_block_is_refused() => Assert.Contains(
        "further left", Assert.Single(Faults(Head + "schema:\n  - name: t\n    properties: [{ name: a },\n{ name: b }]\n")).Detail, StringComparison.Ordinal);

    private static (string? Unit, LogicalType? Type, bool Required, double? Maximum) Facts(ContractColumn column) => (column.Unit?.Text, column.Type, column.Required, column.Options.Maximum);

    private static IReadOnlyList<Fault> Faults(string text) => ContractReader.Read(text).Problem!.Faults;

    internal static string Sample(string file) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "data", file));
}
