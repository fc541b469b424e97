using System.Text.Json;
using Slipway.Kernel.Contracts;
using Slipway.Registry.Aliases;
using Slipway.Registry.Contracts;

namespace Slipway.Registry.Tests.Aliases;

public sealed class AliasTests
{
    [Theory, EachDatabase]
    public async Task An_alias_stands_for_one_version_at_a_time(string database)
    {
        await using var shelf = await Shelf.Open(database);
        await shelf.CreateModel("m");
        await shelf.Register("m");
        await shelf.Register("m");

        var first = await Set(shelf, 1);
        var second = await Set(shelf, 2);

        Assert.Equal((1, null), (first.Version, first.PreviousVersion));
        Assert.Equal((2, 1), (second.Version, second.PreviousVersion));
        Assert.Equal([2L, 1], (await shelf.Read<Page<ModelVersionRow>>("models/m/versions")).Items.Select(row => row.Version));
        Assert.Equal(["champion"], (await shelf.Read<ModelVersionView>("models/m/versions/2")).Aliases);
        Assert.Empty((await shelf.Read<ModelVersionView>("models/m/versions/1")).Aliases);
        Assert.Equal(404, (await shelf.Native("PUT", "models/m/aliases/champion", new SetAliasRequest(3))).Status);
        Assert.Equal(404, (await shelf.Native("PUT", "models/nope/aliases/champion", new SetAliasRequest(1))).Status);
        Assert.Equal(204, (await shelf.Native("DELETE", "models/m/aliases/champion")).Status);
        Assert.Equal(204, (await shelf.Native("DELETE", "models/m/aliases/champion")).Status);
        Assert.Empty((await shelf.Read<ModelView>("models/m")).Aliases);
    }

    [Theory, EachDatabase]
    public async Task A_deleted_version_takes_its_aliases_with_it_and_its_number_stays_taken(string database)
    {
        await using var shelf = await Shelf.Open(database);
        await shelf.CreateModel("m");
        await shelf.Register("m");
        await Set(shelf, 1);

        await shelf.Done("DELETE", "model-versions/delete", new { name = "m", version = "1" });

        Assert.Empty((await shelf.Read<ModelView>("models/m")).Aliases);
        Assert.Equal(404, (await shelf.Native("GET", "models/m/versions/1")).Status);
        Assert.Equal(2, await shelf.Register("m"));
    }

    [Theory]
    [InlineData("champion"), InlineData("Champion-2"), InlineData("v1b"), InlineData("latest1"), InlineData("v"), InlineData("チャンピオン")]
    public void Words_may_be_aliases(string alias) => Assert.Null(AliasRules.Fault(alias));

    [Theory]
    [InlineData("latest", "reserved"), InlineData("LATEST", "reserved"), InlineData("v1", "reserved"), InlineData("V22", "reserved")]
    [InlineData("a b", "may only contain"), InlineData("a/b", "may only contain"), InlineData("a%2Fb", "may only contain"), InlineData("a\n", "may only contain"), InlineData("", "Missing value")]
    public void Reserved_and_unplain_words_may_not(string alias, string why) => Assert.Contains(why, AliasRules.Fault(alias)!.Detail, StringComparison.Ordinal);

    private static async Task<AliasView> Set(Shelf shelf, long version) =>
        JsonSerializer.Deserialize<AliasView>((await shelf.Native("PUT", "models/m/aliases/champion", new SetAliasRequest(version))).Body, WireJson.Options)!;
}
