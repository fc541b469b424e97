namespace Slipway.Registry.Tests.Models;

/// <summary>Prompts are registered models with a tag: one name for both, and neither in the other's lists.</summary>
public sealed class PromptTests
{
    private static readonly object[] Mark = [new { key = "mlflow.prompt.is_prompt", value = "true" }];

    [Theory, EachDatabase]
    public async Task A_name_is_a_models_or_a_prompts_and_never_both(string database)
    {
        await using var shelf = await Shelf.Open(database);
        await shelf.CreateModel("card");
        await shelf.Done("POST", "registered-models/create", new { name = "greet", tags = Mark });

        (object Body, string Says)[] refused =
        [
            (new { name = "greet" }, "Tried to create a registered model with name 'greet', but the name is already taken by a prompt. MLflow does not allow creating a model and a prompt with the same name."),
            (new { name = "card", tags = Mark }, "Tried to create a prompt with name 'card', but the name is already taken by a registered model. MLflow does not allow creating a model and a prompt with the same name."),
            (new { name = "greet", tags = Mark }, "Prompt (name=greet) already exists."), (new { name = "card" }, "Registered Model (name=card) already exists."),
        ];
        foreach (var (body, says) in refused)
        {
            var (status, text) = await shelf.Mlf("POST", "registered-models/create", body);
            Assert.Equal(400, status);
            Assert.Contains("RESOURCE_ALREADY_EXISTS", text, StringComparison.Ordinal);
            Assert.Contains(says, text, StringComparison.Ordinal);
        }

        var (code, why) = await shelf.Mlf("POST", "model-versions/create", new { name = "card", source = "dummy-source", tags = Mark });
        Assert.Equal(400, code);
        Assert.Contains("taken by a registered model", why, StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task A_text_has_a_limit_and_an_experiments_prompts_are_found_by_their_tag(string database)
    {
        await using var shelf = await Shelf.Open(database);
        object[] linked = [.. Mark, new { key = "_mlflow_experiment_ids", value = ",1,12," }];
        await shelf.Done("POST", "registered-models/create", new { name = "greet", tags = linked });
        await shelf.Done("POST", "registered-models/create", new { name = "other", tags = Mark });
        object[] Text(int chars) => [.. Mark, new { key = "mlflow.prompt.text", value = new string('x', chars) }];

        await shelf.Done("POST", "model-versions/create", new { name = "greet", source = "dummy-source", tags = Text(100_000) });
        var (status, body) = await shelf.Mlf("POST", "model-versions/create", new { name = "greet", source = "dummy-source", tags = Text(100_001) });

        Assert.Equal(400, status);
        Assert.Contains("Prompt text exceeds max length of 100000 characters.", body, StringComparison.Ordinal);
        Assert.Equal(["greet"], await Found(shelf, "tags.`mlflow.prompt.is_prompt` = 'true' AND tags.`_mlflow_experiment_ids` ILIKE '%,12,%'"));
        Assert.Empty(await Found(shelf, "tags.`mlflow.prompt.is_prompt` = 'true' AND tags.`_mlflow_experiment_ids` ILIKE '%,2,%'"));
        Assert.Empty(await Found(shelf, "name = 'greet'"));
    }

    private static async Task<string[]> Found(Shelf shelf, string filter) =>
        [.. ((await shelf.Done("GET", $"registered-models/search?filter={Uri.EscapeDataString(filter)}"))["registered_models"]?.AsArray() ?? []).Select(model => (string)model!["name"]!)];
}
