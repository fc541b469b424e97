using System.Diagnostics;

namespace Slipway.DuckDb.Tests;

/// <summary>However the worker ends, this process goes on and says what happened.</summary>
public sealed class WorkerEndTests
{
    // Runs for minutes: nothing of it can be computed ahead.
    private const string Endless = "SELECT count(*) FROM range(1000000) a(i), range(1000000) b(j) WHERE hash(i, j) = 17";

    [Fact]
    public async Task A_statement_past_its_time_is_killed_with_its_worker()
    {
        await using var duck = await Scratch.Start(seconds: 0.5);
        var worker = duck.Session.WorkerId;
        var clock = Stopwatch.StartNew();

        var fault = await duck.Fails(Endless);

        Assert.Equal((DuckDbErrorKind.TimedOut, "The statement took longer than its limit of 0.5 s; DuckDB's worker process was killed and the session is over."), (fault.Kind, fault.Message));
        Assert.InRange(clock.Elapsed.TotalSeconds, 0.4, 10);
        Assert.False(Directory.Exists($"/proc/{worker}"));
        Assert.Equal(fault.Message, (await duck.Fails("SELECT 1")).Message);
    }

    [Fact]
    public async Task Memory_past_the_limit_fails_the_statement_and_not_the_session()
    {
        await using var duck = await Scratch.Start(memoryBytes: 64 << 20);

        var fault = await duck.Fails("SELECT list(i || repeat('x', 1000)) FROM range(10000000) t(i)");

        Assert.Equal(DuckDbErrorKind.OutOfMemory, fault.Kind);
        Assert.Equal(1, await duck.One("SELECT 1"));
        Assert.InRange(duck.Session.WorkerBytes, 1, 600L << 20);
    }

    [Fact]
    public async Task Sorting_more_than_the_memory_spills_into_the_folder()
    {
        await using var duck = await Scratch.Start(memoryBytes: 64 << 20);

        var last = await duck.One("SELECT last(h) FROM (SELECT hash(i)::VARCHAR || repeat('y', 60) AS h FROM range(2000000) t(i) ORDER BY h)");

        Assert.NotNull(last);
        Assert.InRange(duck.Session.WorkerBytes, 1, 600L << 20);
    }

    [Fact]
    public async Task Temporary_files_are_bounded()
    {
        var folder = Directory.CreateTempSubdirectory("slipway-duckdb").FullName;
        try
        {
            await using var session = await DuckDbSession.Start(Scratch.Options(folder, 32 << 20) with { SpillBytes = 16 << 20 }, CancellationToken.None);

            var fault = await Assert.ThrowsAsync<DuckDbException>(() => session.Execute(
                "CREATE TABLE t AS SELECT hash(i)::VARCHAR || repeat('y', 100) AS h FROM range(3000000) t(i) ORDER BY h", [], CancellationToken.None));

            Assert.Equal(DuckDbErrorKind.OutOfMemory, fault.Kind);
            Assert.Equal(0, await session.Execute("CREATE TABLE small (a INTEGER)", [], CancellationToken.None));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("KILL", "was killed by signal 9 (SIGKILL), as the kernel does when memory runs out; the session is over.")]
    [InlineData("SEGV", "crashed with signal 11 (SIGSEGV); the session is over.")]
    [InlineData("ABRT", "crashed with signal 6 (SIGABRT); the session is over.")]
    public async Task A_worker_that_is_killed_in_the_middle_of_a_query_is_explained(string signal, string how)
    {
        await using var duck = await Scratch.Start();
        var rows = 0;

        var fault = await Assert.ThrowsAsync<DuckDbException>(async () =>
        {
            await foreach (var chunk in duck.Session.Query("SELECT i FROM range(1000000000) t(i)", [], CancellationToken.None))
            {
                // .NET's runtime lets the first one pass, because the instruction that faulted would fault again; and two that come at once are one.
                if (rows == 0 || signal != "KILL") { await Signal(signal, duck.Session.WorkerId); }

                rows += chunk.Rows;
            }
        });

        Assert.Equal((DuckDbErrorKind.Crashed, "DuckDB's worker process " + how), (fault.Kind, fault.Message));
        Assert.True(rows > 0);
        Assert.Equal(fault.Message, (await duck.Fails("SELECT 1")).Message);
        Assert.False(Directory.Exists($"/proc/{duck.Session.WorkerId}"), "it must not stay as a zombie");
    }

    [Fact]
    public async Task A_closed_session_leaves_no_process_even_when_a_statement_runs()
    {
        var duck = await Scratch.Start();
        var worker = duck.Session.WorkerId;
        var running = duck.Fails(Endless);

        await duck.DisposeAsync();

        Assert.Equal(DuckDbErrorKind.Other, (await running).Kind);
        Assert.False(Directory.Exists($"/proc/{worker}"));
    }

    [Fact]
    public async Task A_worker_whose_parent_goes_away_ends_although_a_statement_runs()
    {
        var folder = Directory.CreateTempSubdirectory("slipway-duckdb").FullName;
        try
        {
            var (file, first) = DuckDbProgram.Command(DuckDbProgram.Find());
            using var worker = Process.Start(new ProcessStartInfo(file, [first!, DuckDbWorker.Verb]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
            await using var input = worker.StandardInput.BaseStream;
            await input.WriteAsync(Open(folder));
            await input.WriteAsync(Run(Endless));
            await input.FlushAsync();
            var reader = new FrameReader(worker.StandardOutput.BaseStream);
            Assert.Equal(Frame.Ready, (await reader.Read())?.Kind);

            // What the system does with the pipes of a process that was killed.
            input.Close();

            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
            await worker.WaitForExitAsync(limit.Token);
            Assert.Equal(0, worker.ExitCode);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_missing_program_and_a_missing_library_say_what_to_do()
    {
        using var folder = new TempFolder();
        var options = Scratch.Options(folder.Path);

        var program = await Assert.ThrowsAsync<DuckDbException>(() => DuckDbSession.Start(options with { Program = "/nowhere/slipway" }, CancellationToken.None));
        var library = Assert.Throws<DuckDbException>(() => EngineLibrary.Find("/nowhere", folder.Path));
        Assert.Equal("DuckDB's worker process /nowhere/slipway cannot be started: it does not exist", program.Message);
        Assert.Equal(
            $"DuckDB's library libduckdb.so lies neither in SLIPWAY_ENGINES (/nowhere) nor in {folder.Path} nor in a node_modules above it: run npm ci in the checkout, or set SLIPWAY_ENGINES to the folder that holds it.",
            library.Message);
        Assert.All([program, library], fault => Assert.Equal(DuckDbErrorKind.Library, fault.Kind));
    }

    [Fact]
    [System.Runtime.Versioning.SupportedOSPlatform("linux")]
    public async Task A_library_that_is_none_fails_the_start_of_the_session()
    {
        using var folder = new TempFolder();
        using var engines = new TempFolder();
        await File.WriteAllTextAsync(Path.Combine(engines.Path, EngineLibrary.FileName), "not a library");
        var script = Path.Combine(engines.Path, "program.sh");
        var (file, first) = DuckDbProgram.Command(DuckDbProgram.Find());
        await File.WriteAllTextAsync(script, $"#!/bin/sh\nSLIPWAY_ENGINES='{engines.Path}' exec '{file}' '{first}' \"$@\"\n");
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        var fault = await Assert.ThrowsAsync<DuckDbException>(() => DuckDbSession.Start(Scratch.Options(folder.Path) with { Program = script }, CancellationToken.None));

        Assert.Equal(DuckDbErrorKind.Library, fault.Kind);
        Assert.Contains("cannot be loaded: run npm ci", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/bin/true", "ended with code 0")]
    [InlineData("/bin/cat", "answered in a way that is none")]
    public async Task A_program_that_is_no_worker_is_found_out(string program, string how)
    {
        using var folder = new TempFolder();

        var fault = await Assert.ThrowsAsync<DuckDbException>(() => DuckDbSession.Start(Scratch.Options(folder.Path) with { Program = program }, CancellationToken.None));

        Assert.True(fault.Message.Contains(how, StringComparison.Ordinal) || fault.Message.Contains("ended with code 1", StringComparison.Ordinal), fault.Message);
    }

    [Fact]
    public async Task Options_out_of_range_are_named()
    {
        using var folder = new TempFolder();
        var good = Scratch.Options(folder.Path);

        foreach (var (options, name) in new[]
        {
            (good with { Folder = "relative" }, "Folder"), (good with { Folder = "/nowhere" }, "Folder"), (good with { MemoryBytes = 1 }, "MemoryBytes"),
            (good with { Threads = 0 }, "Threads"), (good with { TimeLimit = TimeSpan.Zero }, "TimeLimit"), (good with { SpillBytes = -1 }, "SpillBytes"),
        })
        {
            var fault = await Assert.ThrowsAsync<ArgumentException>(() => DuckDbSession.Start(options, CancellationToken.None));
            Assert.StartsWith(name, fault.Message, StringComparison.Ordinal);
        }
    }

    private static async Task Signal(string signal, int process)
    {
        using var kill = Process.Start("/bin/kill", [$"-{signal}", $"{process}"]);
        await kill.WaitForExitAsync();
    }

    private static ReadOnlyMemory<byte> Open(string folder)
    {
        var writer = new PayloadWriter().Begin(Frame.Open);
        writer.Text(folder);
        writer.Int64(256 << 20);
        writer.Int64(0);
        writer.Int32(1);
        return writer.End().Written;
    }

    private static ReadOnlyMemory<byte> Run(string sql)
    {
        var writer = new PayloadWriter().Begin(Frame.Run);
        writer.Int64(1);
        writer.Byte(1);
        writer.Text(sql);
        writer.Int32(0);
        return writer.End().Written;
    }
}
