using Microsoft.Extensions.Logging.Abstractions;
using Slipway.Kernel.Contracts;

namespace Slipway.Kernel.Tests;

public sealed class AuditLogTests
{
    private static readonly Caller Ada = new("0192aa", "ada", PrincipalKind.Person, [new Grant(Grant.Server, Level.Admin)])
    {
        Workspace = "risk", CredentialId = "key/7", RequestId = "r-1", Address = "10.0.0.7",
    };

    [Theory, EachDatabase]
    public async Task An_entry_is_there_if_and_only_if_its_change_is(string database)
    {
        await using var test = await TestDb.Open(database);

        var refused = await test.Db.Write<Result<string>>(tx =>
        {
            tx.Audit(Ada, "run.delete", "run/1");
            return Problem.Conflict("no", "No.");
        }, default);
        var id = await test.Db.Write(tx => tx.Audit(Ada, "run.delete", "run/2", before: new { name = "b", at = 1 }, reason: "old"), default);

        var entries = await test.Db.Read(tx => AuditStore.List(tx, new AuditFilter(null, null, null, null), 10), default);
        Assert.NotNull(refused.Problem);
        var entry = AuditEntry.Parse(Assert.Single(entries).Entry);
        Assert.Equal((id, "0192aa", "risk", "run.delete", "run/2", "old", "key/7", "r-1", "10.0.0.7"),
            (entry.Id, entry.Actor, entry.Workspace, entry.Action, entry.Object, entry.Reason, entry.CredentialId, entry.RequestId, entry.Address));
        Assert.Null(entry.AfterDigest);
    }

    [Fact]
    public void The_digest_of_a_state_does_not_depend_on_the_order_of_its_fields()
    {
        Assert.Equal(AuditDigest.Of(new { a = 1, b = new[] { "x" } }), AuditDigest.Of(new { b = new[] { "x" }, a = 1 }));
        Assert.NotEqual(AuditDigest.Of(new { a = 1 }), AuditDigest.Of(new { a = 2 }));
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("""{"a":1,"b":["x"]}"""u8)), AuditDigest.Of(new { b = new[] { "x" }, a = 1 }));
    }

    [Theory, EachDatabase]
    public async Task Pending_entries_are_placed_in_order_and_signed_in_one_step(string database)
    {
        await using var test = await TestDb.Open(database);
        using var signer = Signer(test);
        for (var i = 0; i < 20; i++) { await test.Db.Write(tx => tx.Audit(Ada, "run.delete", $"run/{i}"), default); }

        await Sequencer(test, signer).Step(default);

        var placed = await test.Db.Read(tx => AuditStore.Placed(tx, 0, long.MaxValue, 100), default);
        Assert.Equal(Enumerable.Range(0, 21).Select(i => (long?)i), placed.Select(entry => entry.Index));
        Assert.Equal(AuditKeyId.Introduced, placed[0].Action);
        var note = (await test.Db.Read(AuditStore.LastCheckpoint, default))!.Note;
        Assert.True(AuditCheckpoint.TryParse(note, out var checkpoint, out _));
        Assert.Equal(21, checkpoint.Size);
    }

    [Theory, EachDatabase]
    public async Task Entries_written_by_many_while_two_sequencers_run_get_one_gapless_tree(string database)
    {
        await using var test = await TestDb.Open(database);
        using var signer = Signer(test);
        var (one, two) = (Sequencer(test, signer), Sequencer(test, signer));
        var writers = Enumerable.Range(0, 8).Select(w => Task.Run(async () =>
        {
            for (var i = 0; i < 40; i++) { await test.Db.Write(tx => tx.Audit(Ada, "run.delete", $"run/{w}-{i}"), default); }
        })).ToArray();
        var all = Task.WhenAll(writers);
        while (!all.IsCompleted) { await Task.WhenAll(one.Step(default), two.Step(default)); }

        await all;
        await one.Step(default);
        await two.Step(default);

        var view = await new VerifyLog.Handler(new AuditReplay(test.Db), new AuditWitness(new AuditOptions("", null))).Handle(default);
        Assert.Empty(view.Faults);
        Assert.Equal(321, view.Entries);
    }

    [Theory, EachDatabase]
    public async Task Each_checkpoint_and_key_reaches_the_witness_folder_once(string database)
    {
        await using var test = await TestDb.Open(database);
        using var signer = Signer(test);
        var folder = Path.Combine(test.Folder, "witness");
        var sequencer = Sequencer(test, signer, folder);
        for (var i = 0; i < 3; i++)
        {
            await test.Db.Write(tx => tx.Audit(Ada, "run.delete", $"run/{i}"), default);
            await sequencer.Step(default);
        }

        Assert.Equal(3, Directory.GetFiles(folder, "*.checkpoint").Length);
        Assert.Single(Directory.GetFiles(folder, "*.pem"));
        Assert.Equal(4, Directory.GetFiles(folder).Length);
        Assert.Empty(await test.Db.Read(tx => AuditStore.Unwitnessed(tx, 10), default));
        using var trust = AuditTrust.Read(folder);
        Assert.True(trust.Keys.ContainsKey(signer.KeyId));
    }

    [Fact]
    public async Task A_new_key_enters_the_log_before_its_first_checkpoint()
    {
        var clock = new ManualClock();
        await using var test = await TestDb.Open(TestDatabase.Sqlite, clock);
        using (var first = Signer(test))
        {
            await test.Db.Write(tx => tx.Audit(Ada, "run.delete", "run/1"), default);
            await Sequencer(test, first).Step(default);
        }

        File.Delete(Path.Combine(test.Folder, "audit-key.pem"));
        clock.Advance(TimeSpan.FromSeconds(2));
        using var second = Signer(test);
        for (var i = 0; i < 600; i++) { await test.Db.Append(tx => tx.Audit(Ada, "run.delete", $"run/{i}"), default); }

        await Sequencer(test, second).Step(default);

        var view = await new VerifyLog.Handler(new AuditReplay(test.Db), new AuditWitness(new AuditOptions("", null))).Handle(default);
        Assert.Empty(view.Faults);
        Assert.Equal(603, view.Entries);
    }

    [Fact]
    public void The_signing_key_is_made_for_its_owner_alone_and_refused_when_others_may_read_it()
    {
        var folder = Directory.CreateTempSubdirectory("slipway-test-");
        try
        {
            var path = Path.Combine(folder.FullName, "audit-key.pem");
            using (var made = new AuditSigner(new AuditOptions(path, null)))
            using (var again = new AuditSigner(new AuditOptions(path, null))) { Assert.Equal(made.KeyId, again.KeyId); }

            if (OperatingSystem.IsWindows()) { return; }

            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
            Assert.Contains("chmod 600", Assert.Throws<IOException>(() => new AuditSigner(new AuditOptions(path, null))).Message, StringComparison.Ordinal);
        }
        finally { folder.Delete(recursive: true); }
    }

    private static AuditSigner Signer(TestDb test) => new(new AuditOptions(Path.Combine(test.Folder, "audit-key.pem"), null));

    private static AuditSequencer Sequencer(TestDb test, AuditSigner signer, string? witness = null) =>
        new(test.Db, signer, new AuditWitness(new AuditOptions("", witness)), new LiveHub(), TimeProvider.System, NullLogger<AuditSequencer>.Instance);
}
