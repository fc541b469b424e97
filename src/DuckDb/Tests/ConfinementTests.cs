namespace Slipway.DuckDb.Tests;

/// <summary>SQL that tries to leave the folder, as a hostile text of a user would.</summary>
public sealed class ConfinementTests
{
    [Theory]
    [InlineData("SELECT * FROM read_text('/etc/passwd')")]
    [InlineData("SELECT * FROM read_blob('/etc/passwd')")]
    [InlineData("SELECT * FROM read_csv('/etc/passwd')")]
    [InlineData("SELECT * FROM '/etc/passwd.csv'")]
    [InlineData("SELECT * FROM read_text('../../etc/passwd')")]
    [InlineData("SELECT * FROM read_text('{folder}/../../etc/passwd')")]
    [InlineData("SELECT * FROM read_text('{folder}-other/secret')")]
    [InlineData("SELECT * FROM read_text('file:///etc/passwd')")]
    [InlineData("SELECT * FROM read_text('/proc/self/environ')")]
    [InlineData("SELECT * FROM glob('/etc/*')")]
    [InlineData("SELECT * FROM read_csv('/dev/stdin')")]
    [InlineData("SELECT * FROM read_csv('http://127.0.0.1:1/data.csv')")]
    [InlineData("SELECT * FROM read_parquet('https://127.0.0.1:1/data.parquet')")]
    [InlineData("SELECT * FROM read_parquet('s3://bucket/data.parquet')")]
    [InlineData("COPY (SELECT 1) TO '/tmp/slipway-left-the-folder.csv'")]
    [InlineData("COPY (SELECT 1) TO '../slipway-left-the-folder.csv'")]
    [InlineData("COPY (SELECT 1) TO '/dev/stdout'")]
    [InlineData("EXPORT DATABASE '/tmp/slipway-left-the-folder'")]
    [InlineData("IMPORT DATABASE '/tmp'")]
    [InlineData("ATTACH '/tmp/slipway-left-the-folder.db'")]
    [InlineData("ATTACH '/etc/passwd' AS passwords (READ_ONLY)")]
    [InlineData("INSTALL httpfs")]
    [InlineData("INSTALL h3 FROM community")]
    [InlineData("LOAD '/tmp/anything.duckdb_extension'")]
    [InlineData("LOAD httpfs")]
    [InlineData("SET enable_external_access = true")]
    [InlineData("SET allowed_directories = ['/']")]
    [InlineData("SET allowed_paths = ['/etc/passwd']")]
    [InlineData("SET temp_directory = '/tmp'")]
    [InlineData("SET memory_limit = '100GB'")]
    [InlineData("SET threads = 64")]
    [InlineData("SET max_temp_directory_size = '1TB'")]
    [InlineData("SET lock_configuration = false")]
    [InlineData("RESET memory_limit")]
    [InlineData("PRAGMA enable_profiling = 'json'")]
    [InlineData("SET profile_output = '/tmp/slipway-left-the-folder.json'")]
    [InlineData("SET log_query_path = '/tmp/slipway-left-the-folder.log'")]
    [InlineData("CREATE PERSISTENT SECRET s (TYPE http, BEARER_TOKEN 'x')")]
    public async Task It_is_refused_and_the_session_goes_on(string sql)
    {
        await using var duck = await Scratch.Start();
        Directory.CreateDirectory(duck.Folder + "-other");
        await File.WriteAllTextAsync(Path.Combine(duck.Folder + "-other", "secret"), "secret");

        try
        {
            var fault = await duck.Fails(sql.Replace("{folder}", duck.Folder, StringComparison.Ordinal));

            Assert.True(fault.Kind is DuckDbErrorKind.Denied or DuckDbErrorKind.Statement or DuckDbErrorKind.File or DuckDbErrorKind.Value, fault.Kind + ": " + fault.Message);
            Assert.Empty(Directory.EnumerateFileSystemEntries("/tmp", "slipway-left-the-folder*"));
            Assert.Equal(1, await duck.One("SELECT 1"));
        }
        finally
        {
            Directory.Delete(duck.Folder + "-other", recursive: true);
        }
    }

    [Fact]
    public async Task The_refusal_of_a_foreign_file_says_that_it_is_not_permitted()
    {
        await using var duck = await Scratch.Start();

        var fault = await duck.Fails("SELECT * FROM read_text('/etc/passwd')");

        Assert.Equal(DuckDbErrorKind.Denied, fault.Kind);
        Assert.StartsWith("Permission Error: Cannot access file \"/etc/passwd\"", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_folder_itself_can_be_read_and_written_by_relative_and_full_names()
    {
        await using var duck = await Scratch.Start();

        Assert.Equal(3, await duck.Do("COPY (SELECT range AS i FROM range(3)) TO 'a.parquet'"));
        Assert.Equal(3, await duck.Do($"COPY (FROM 'a.parquet') TO '{duck.Folder}/b.csv'"));

        Assert.Equal((Int128)3, await duck.One("SELECT sum(i) FROM read_csv(?)", Path.Combine(duck.Folder, "b.csv")));
    }

    [Fact]
    public async Task A_folder_with_a_quote_in_its_name_is_no_way_out()
    {
        var folder = Directory.CreateTempSubdirectory("it's ']; --").FullName;
        try
        {
            await using var session = await DuckDbSession.Start(Scratch.Options(folder), CancellationToken.None);

            Assert.Equal(1, await session.Execute("COPY (SELECT 1) TO 'a.csv'", [], CancellationToken.None));
            await Assert.ThrowsAsync<DuckDbException>(() => session.Execute("COPY (SELECT 1) TO '/tmp/slipway-left-the-folder.csv'", [], CancellationToken.None));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_link_in_the_folder_is_refused_before_and_after_the_start(bool before)
    {
        var folder = Directory.CreateTempSubdirectory("slipway-duckdb").FullName;
        try
        {
            if (before) { File.CreateSymbolicLink(Path.Combine(folder, "data.csv"), "/etc/passwd"); }

            var fault = await Assert.ThrowsAsync<DuckDbException>(async () =>
            {
                await using var session = await DuckDbSession.Start(Scratch.Options(folder), CancellationToken.None);
                File.CreateSymbolicLink(Path.Combine(folder, "data.csv"), "/etc/passwd");
                await session.Execute("CREATE TABLE t AS FROM read_text('data.csv')", [], CancellationToken.None);
            });

            Assert.Equal(DuckDbErrorKind.Denied, fault.Kind);
            Assert.Contains("symbolic link", fault.Message, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task The_worker_does_not_know_the_environment_of_the_server()
    {
        await using var duck = await Scratch.Start();

        var environment = await File.ReadAllTextAsync($"/proc/{duck.Session.WorkerId}/environ");

        Assert.All(
            environment.Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('=')[0]),
            name => Assert.True(name.StartsWith("DOTNET_", StringComparison.Ordinal) || name is "PATH" or "HOME" or "LD_LIBRARY_PATH" or "TMPDIR" or "SLIPWAY_ENGINES", name));
    }
}
