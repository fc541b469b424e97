namespace Slipway.Server.Tests.Demo;

public sealed class DemoScriptTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("slipway-demo-test").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Paths_are_relative_to_the_script()
    {
        var script = DemoScript.Read(Written("title: Loans\npipeline: steps.yaml\nrefused: { dataset: loans, file: wrong.csv }\n"));

        Assert.Equal("Loans", script.Title);
        Assert.Equal(Path.Combine(_root, "steps.yaml"), script.File(script.Pipeline));
        Assert.Equal(("loans", "wrong.csv"), (script.Refused!.Dataset, script.Refused.File));
    }

    [Theory]
    [InlineData("title: Loans\n", "pipeline")]
    [InlineData("", "title")]
    [InlineData("title: Loans\npipeline: a.yaml\nsteps: 3\n", "steps")]
    [InlineData("title: [\n", "line")]
    public void A_fault_is_told_with_the_file(string text, string told)
    {
        var path = Written(text);

        var refusal = Assert.Throws<IOException>(() => DemoScript.Read(path));

        Assert.Contains(path, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(told, refusal.Message, StringComparison.Ordinal);
    }

    private string Written(string text)
    {
        var path = Path.Combine(_root, "demo.yaml");
        File.WriteAllText(path, text);
        return path;
    }
}
