using Slipway.Pipelines.Contracts;

namespace Slipway.Pipelines.Tests;

public sealed class DefinitionTests(DefinitionTests.One one) : IClassFixture<DefinitionTests.One>
{
    [Fact]
    public async Task A_sound_definition_gives_its_graph_and_its_files()
    {
        var check = await Check(
            """
            pipeline: p-1.a
            description: "what it is for"
            steps:
              a: { uses: scripted, with: { give: 0.70, files: [x.csv, lib/y.py] } }
              b:
                uses: scripted
                in: { one: a.out }
                needs: [a]
                retries: 3
            """);

        Assert.Empty(check.Faults);
        Assert.Equal(("p-1.a", "what it is for"), (check.Graph!.Pipeline, check.Graph.Description));
        Assert.Equal(["x.csv", "lib/y.py"], check.Graph.Files);
        Assert.Equal(["a"], check.Graph.Steps[1].Needs);
        Assert.Equal("a.out", check.Graph.Steps[1].Inputs["one"]);
        Assert.Equal("file", check.Graph.Steps[1].Outputs["out"]);
    }

    [Fact]
    public async Task Every_fault_is_told_at_once_with_path_and_line()
    {
        var check = await Check(
            """
            pipeline: "no good"
            extra: 1
            steps:
              a:
                uses: scripted
                retries: 11
                with: { fail: many, unknown: 1 }
                speed: fast
              b: { uses: nothing }
              c: { uses: scripted, in: { typed: a.out, x: a.gone, y: z.out, z: nonsense }, needs: [q] }
              "1d": { uses: scripted }
              e: plain
              f: { uses: scripted, in: { x: g.out } }
              g: { uses: scripted, needs: [f] }
              h: {}
              i: { uses: scripted, with: { files: [../etc/passwd] } }
            """);

        Assert.Null(check.Graph);
        (string Path, int Line)[] expected =
        [
            ("pipeline", 1), ("extra", 2), ("steps.a.retries", 6), ("steps.a.with.fail", 7), ("steps.a.with.unknown", 7), ("steps.a.speed", 8), ("steps.b.uses", 9),
            ("steps.c.in.typed", 10), ("steps.c.in.x", 10), ("steps.c.in.y", 10), ("steps.c.in.z", 10), ("steps.c.needs", 10), ("steps.1d", 11), ("steps.e", 12),
            ("steps.f", 13), ("steps.h.uses", 15), ("steps.i.with", 16),
        ];
        Assert.Equal(expected.Order(), check.Faults.Select(fault => (fault.Path, fault.Line ?? 0)).Order());
        Assert.Contains("These steps wait for each other: f → g → f.", check.Faults.Select(fault => fault.Detail));
        Assert.Contains("'steps.c.in.typed' is 'a.out', a file; a dataset belongs there.", check.Faults.Select(fault => fault.Detail));
        Assert.Contains("'steps.a.with.fail' is 'many'; a whole number from 0 to 10 belongs there.", check.Faults.Select(fault => fault.Detail));
        Assert.Contains("is no kind of step; there are check, command, ", string.Join(' ', check.Faults.Select(fault => fault.Detail)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "The definition is empty")]
    [InlineData("- a\n- b", "no mapping")]
    [InlineData("pipeline: p\nsteps: {}", "'steps' is missing or empty")]
    [InlineData("pipeline: p\nsteps: [", "The text is no YAML")]
    [InlineData("pipeline: p\npipeline: q\nsteps: { a: { uses: scripted } }", "'pipeline' is there twice, first in line 1.")]
    [InlineData("pipeline: p\nsteps:\n  a: { uses: scripted }\n  a: { uses: scripted }", "'steps.a' is there twice, first in line 3.")]
    [InlineData("pipeline: p\nsteps: { a: &x { uses: scripted }, b: *x }", "'*x' is an alias")]
    [InlineData("pipeline: p\nsteps: { a: { <<: *x, uses: scripted } }", "'*x' is an alias")]
    [InlineData("pipeline: p\nsteps: { a: { uses: !!str scripted } }", "is a tag")]
    [InlineData("pipeline: p\nsteps: { a: { uses: scripted } }\n---\npipeline: q", "A second document")]
    [InlineData("pipeline: p\nsteps: { [a, b]: { uses: scripted } }", "A key is a word")]
    [InlineData("pipeline: p\nsteps: { a: { uses: scripted, in: [x] } }", "is no mapping")]
    [InlineData("pipeline: p\nsteps: { a: { uses: scripted, with: 5 } }", "is no mapping")]
    [InlineData("pipeline: p\nsteps: { a: { uses: scripted, in: { x: a.out } } }", "wait for each other")]
    public async Task What_is_no_definition_is_told_in_words(string text, string expected) =>
        Assert.Contains(expected, string.Join(' ', (await Check(text)).Faults.Select(fault => fault.Detail)), StringComparison.Ordinal);

    [Theory]
    [InlineData("a:\n  b: [\nc]", 2)]
    [InlineData("pipeline: p\nsteps:\n  a:\n    with: { x:\ny }", 4)]
    [InlineData("pipeline: p\nsteps:\n  a: [ b,\nc\n, d]", 3)]
    public async Task A_line_left_of_its_block_is_a_fault_with_a_line(string text, int line)
    {
        var fault = Assert.Single((await Check(text)).Faults);

        Assert.StartsWith("The text is no YAML", fault.Detail, StringComparison.Ordinal);
        Assert.InRange(fault.Line ?? 0, line, line + 1);
    }

    [Fact]
    public async Task Bombs_are_refused_quickly()
    {
        var deep = $"pipeline: p\nsteps: {new string('[', 20_000)}";
        var aliases = "a: &a [x,x,x,x,x,x,x,x,x]\n" + string.Concat(Enumerable.Range(1, 20).Select(i => $"a{i}: &a{i} [{string.Join(',', Enumerable.Repeat(i == 1 ? "*a" : $"*a{i - 1}", 9))}]\n"));
        var many = $"pipeline: p\nsteps: [{string.Join(',', Enumerable.Repeat("1", 60_000))}]";

        Assert.Contains("nested more than 16 levels", (await Check(deep)).Faults[0].Detail, StringComparison.Ordinal);
        Assert.Contains(await Faults(aliases), fault => fault.Contains("is an alias", StringComparison.Ordinal));
        Assert.Contains("more than 50000 parts", (await Check(many)).Faults[0].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_of_a_faulty_definition_is_refused_with_every_fault()
    {
        var problem = await one.Yard.Refused(400, "pipeline-runs", new StartPipelineRunRequest("pipeline: p\nsteps:\n  a: { uses: nothing }\n  b: { uses: scripted, in: { x: c.out } }"));

        Assert.Equal(["steps.a.uses", "steps.b.in.x"], problem.Errors!.Select(fault => fault.Field));
        Assert.StartsWith("Line 3: ", problem.Errors![0].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_must_come_along_be_named_and_belong_to_the_workspace()
    {
        const string text = "{ pipeline: p, steps: { a: { uses: scripted, with: { files: [x.csv] } } } }";
        var digest = await one.Yard.Upload("x");
        var foreign = new string('a', 64);

        Assert.Equal("files.x.csv", (await Refused(text, [])).Field);
        Assert.Contains("No step reads 'y'", (await Refused(text, new() { ["x.csv"] = digest, ["y"] = digest })).Detail, StringComparison.Ordinal);
        Assert.Contains("a digest of 64", (await Refused(text, new() { ["x.csv"] = "../../etc/passwd" })).Detail, StringComparison.Ordinal);
        Assert.Contains("no file of this workspace", (await Refused(text, new() { ["x.csv"] = foreign })).Detail, StringComparison.Ordinal);
        Assert.Equal("force", (await one.Yard.Refused(400, "pipeline-runs", new StartPipelineRunRequest(text, new Dictionary<string, string> { ["x.csv"] = digest }, ["b"]))).Field);
    }

    private Task<Kernel.Contracts.ProblemView> Refused(string text, Dictionary<string, string> files) => one.Yard.Refused(400, "pipeline-runs", new StartPipelineRunRequest(text, files));

    private async Task<IEnumerable<string>> Faults(string text) => (await Check(text)).Faults.Select(fault => fault.Detail);

    private async Task<PipelineCheckView> Check(string text) => await Yard.Read<PipelineCheckView>(await one.Yard.Post("pipelines/check", new CheckPipelineRequest(text)), 200);

    public sealed class One : IAsyncLifetime
    {
        internal Yard Yard { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Yard = await Yard.Open(TestDatabase.Sqlite);

        public ValueTask DisposeAsync() => Yard.DisposeAsync();
    }
}
