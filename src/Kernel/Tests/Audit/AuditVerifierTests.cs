using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Slipway.Kernel.Contracts;

namespace Slipway.Kernel.Tests;

public sealed class AuditVerifierTests
{
    /// <summary>More with <c>SLIPWAY_LONG=1</c>, as <c>./slipway test --long</c> sets it.</summary>
    private static readonly int Rounds = Environment.GetEnvironmentVariable("SLIPWAY_LONG") == "1" ? 20_000 : 1_000;

    [Fact]
    public void A_sound_log_has_no_fault()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        for (var seed = 0; seed < 20; seed++)
        {
            var log = MadeLog.Make(key, 1 + (seed * 5), new Random(seed));

            Assert.Empty(MadeLog.Verify(log.Export(), log.Witness()).Faults);
        }
    }

    [Fact]
    public void Every_random_tampering_is_found_and_located()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        for (var seed = 0; seed < Rounds; seed++)
        {
            var random = new Random(seed);
            var log = MadeLog.Make(key, random.Next(40, 90), random);
            var kind = Tampering.Kinds[seed % Tampering.Kinds.Length];
            var (tampered, stated, from, to) = new Tampering(random, other).Do(kind, log);

            var view = MadeLog.Verify(tampered.Export(stated), log.Witness());

            Assert.False(view.Ok, $"{kind} (seed {seed}) was not found");
            Assert.True(view.Faults.Any(fault => IsAt(fault, from, to, log)), string.Create(
                CultureInfo.InvariantCulture, $"{kind} (seed {seed}) at {from} to {to} was found but not located:\n{string.Join('\n', view.Faults)}"));
        }
    }

    [Fact]
    public void A_changed_entry_is_named_alone_while_its_leaf_hash_stands()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var log = MadeLog.Make(key, 60, new Random(5));
        var at = log.Lines.FindIndex(line => line.Index == 17);
        log.Lines[at] = log.Lines[at] with { Entry = MadeLog.Entry("e17", "run.delete", "run/18") };

        var fault = Assert.Single(MadeLog.Verify(log.Export(), AuditTrust.None).Faults);

        Assert.Equal((AuditFaults.AlteredEntry, 17L, 18L), (fault.Kind, fault.From, fault.To));
    }

    [Fact]
    public void A_log_signed_anew_by_another_key_is_found_by_who_trusts_the_first()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var forged = MadeLog.Make(other, 60, new Random(5));

        var view = MadeLog.Verify(forged.Export(), new AuditTrust([], new Dictionary<string, ECDsa> { [AuditKeyId.Of(key)] = key }));

        Assert.Contains(view.Faults, fault => fault.Kind == AuditFaults.UnknownKey);
    }

    [Fact]
    public void What_a_witness_saw_after_the_export_is_no_fault_of_the_export()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var log = MadeLog.Make(key, 60, new Random(5));
        var cut = log with { Lines = log.Lines[..(log.Lines.FindIndex(line => !line.IsEntry) + 1)] };

        Assert.Contains(MadeLog.Verify(cut.Export(), log.Witness()).Faults, fault => fault.Kind == AuditFaults.OlderThanWitness);
        Assert.Empty(MadeLog.Verify((cut with { ExportedMs = log.ExportedMs - 120_000 }).Export(), log.Witness()).Faults);
    }

    [Fact]
    public void A_flipped_bit_of_an_export_is_found_or_changes_no_record()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var log = MadeLog.Make(key, 12, new Random(3));
        var (export, trust) = (log.Export(), log.Witness());
        var records = Records(export);
        for (var at = 0; at < export.Length; at++)
        {
            var flipped = export.ToArray();
            flipped[at] ^= 1;

            if (MadeLog.Verify(flipped, trust).Ok) { Assert.Equal(records, Records(flipped)); }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"kind\":\"entry\"}\n")]
    [InlineData("nonsense\n")]
    [InlineData("{\"kind\":\"header\",\"format\":2,\"origin\":\"x\",\"size\":0,\"exportedMs\":0,\"publicKeys\":[]}\n")]
    public void What_is_no_export_is_a_fault(string text) => Assert.False(MadeLog.Verify(Encoding.UTF8.GetBytes(text), AuditTrust.None).Ok);

    /// <summary>Within the entries concerned, as narrowly as two checkpoints allow; or, where only the witness knows, from where both agree.</summary>
    private static bool IsAt(AuditFault fault, long from, long to, MadeLog log)
    {
        if (fault.From is not { } start || fault.To is not { } end) { return fault.Checkpoint is { } size && size >= from - 1 && size <= to + 1; }

        var widest = log.Sizes.Zip(log.Sizes.Skip(1), (a, b) => b - a).Append(log.Sizes[0]).Max() + 1;
        var byWitness = fault.Kind is AuditFaults.OlderThanWitness or AuditFaults.MissingCheckpoint or AuditFaults.Fork;
        return start <= to + 1 && end >= from && (byWitness || end - start <= Math.Max(widest, to - from + 1));
    }

    /// <summary>What the lines say, the time of the export aside, which nothing signs.</summary>
    private static List<string> Records(byte[] export) => [.. MadeLog.Text(export).Split('\n').Where(line => line.Length > 0).Select(line =>
    {
        using var json = System.Text.Json.JsonDocument.Parse(line);
        return string.Join('|', json.RootElement.EnumerateObject().Where(field => field.Name != "exportedMs").Select(field =>
            field.Name is "leaf" or "entry" ? Convert.ToHexString(field.Value.GetBytesFromBase64())
            : field.Name == "publicKeys" ? string.Join(',', field.Value.EnumerateArray().Select(key => Convert.ToHexString(key.GetBytesFromBase64())))
            : field.Value.ToString()));
    })];
}
