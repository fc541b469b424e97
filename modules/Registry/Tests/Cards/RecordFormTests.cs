using System.Text.Json;
using Slipway.Registry.Cards;

namespace Slipway.Registry.Tests.Cards;

public sealed class RecordFormTests
{
    [Fact]
    public void A_contract_is_read_as_statements_with_the_names_of_its_columns()
    {
        var contract = ContractText.Parse(Samples.Contract);

        Assert.Equal("number", contract.Statements["schema[loans].properties[income].logicalType"]);
        Assert.Equal("kEUR", contract.Statements["schema[loans].properties[income].customProperties[unitOfMeasure].value"]);
        Assert.Equal([new("income", "kEUR")], contract.Units);
        Assert.Empty(ContractText.Parse("").Statements);
    }

    [Fact]
    public void A_profile_is_read_with_figures_in_the_column_or_one_level_below()
    {
        var columns = ColumnProfile.Parse(JsonElement.Parse("""{"columns":[{"name":"a","count":2,"range":{"min":"0.50000004","max":1000.5}},{"name":"b","histogram":[1]},{"count":1},7]}"""u8));

        Assert.Equal(["a", "b"], columns.Select(column => column.Name));
        Assert.Equal(("0.5 to 1000.5", "2"), (columns[0].Range, columns[0].Figures["count"]));
        Assert.Null(columns[1].Range);
        Assert.Throws<JsonException>(() => ColumnProfile.Parse(JsonElement.Parse("{}"u8)));
        Assert.Throws<JsonException>(() => ColumnProfile.Parse(JsonElement.Parse("[]"u8)));
    }

    [Theory]
    [InlineData(2, "no, yes")]
    [InlineData(3, null)]
    public void Text_is_told_by_its_values_where_all_of_them_are_listed(int distinct, string? told)
    {
        var profile = $$$"""{"columns":[{"name":"a","kind":"text","statistics":{"distinct":{{{distinct}}},"min":"no","max":"yes","top":[{"value":"no","count":3},{"value":"yes","count":1},7]}}]}""";

        Assert.Equal(told, Assert.Single(ColumnProfile.Parse(JsonElement.Parse(profile))).Range);
    }

    [Fact]
    public void A_model_logged_without_signature_has_none()
    {
        Assert.Null(MlmodelText.Parse("flavors: { onnx: {} }").Signature);
        Assert.Null(MlmodelText.Parse("").Signature);
        Assert.Empty(MlmodelText.Parse("signature: { inputs: '', outputs: '7' }").Signature!.Inputs);
        Assert.ThrowsAny<JsonException>(() => MlmodelText.Parse("signature: { inputs: 'no json' }"));
    }
}
