using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Slipway.Kernel.Contracts;

namespace Slipway.Cli;

/// <summary>The audit log from outside: take it away, and check it without any server.</summary>
internal static class AuditVerbs
{
    private const int ShownFaults = 50;

    public static Command Create() => new("audit", "Exports the audit log, and verifies an export without a server.") { Export(), Verify() };

    private static Command Export()
    {
        var output = new Option<FileInfo>("--output") { Description = "File to write (replaced when it exists)", Required = true };
        return new Command("export", "Writes the whole log of a server to a file.") { output }.OnServer(async (parsed, client, ct) =>
        {
            var file = parsed.GetValue(output)!;
            var part = file.FullName + ".part";
            try
            {
                // Under its own name only when it is whole: a broken download must not pass for a cut log.
                await using (var stream = File.Create(part)) { await client.Download("/api/v1/audit/export", stream, ct); }

                File.Move(part, file.FullName, overwrite: true);
            }
            catch (Exception error) when (error is IOException or HttpRequestException or UnauthorizedAccessException)
            {
                Terminal.Error($"The log could not be written to {file.FullName}: {error.Message}");
                return 1;
            }
            finally { File.Delete(part); }

            Terminal.Line($"{file.FullName}: {new FileInfo(file.FullName).Length.ToString("#,0", CultureInfo.InvariantCulture)} bytes. Check it with: slipway audit verify {file.Name}");
            return 0;
        });
    }

    private static Command Verify()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "An export of the log" };
        var witness = new Option<DirectoryInfo?>("--witness") { Description = "Folder with the checkpoints and public keys that the server wrote elsewhere (--audit-witness)" };
        var verb = new Command("verify", "Checks every entry, root and signature of an export; exit code 1 when something is wrong.") { file, witness };
        verb.SetAction(parsed =>
        {
            try
            {
                using var trust = parsed.GetValue(witness) is { } folder ? AuditTrust.Read(folder.FullName) : AuditTrust.None;
                var verifier = new AuditVerifier(trust);
                return Report(Check(parsed.GetValue(file)!, verifier), verifier, trust);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                Terminal.Error(error.Message);
                return 1;
            }
        });
        return verb;
    }

    private static AuditVerifyView Check(FileInfo file, AuditVerifier verifier)
    {
        var started = Stopwatch.GetTimestamp();
        using (var export = file.OpenRead()) { AuditExportReader.Read(export, verifier); }

        return verifier.End((long)Stopwatch.GetElapsedTime(started).TotalMilliseconds);
    }

    private static int Report(AuditVerifyView view, AuditVerifier verifier, AuditTrust trust)
    {
        Terminal.Line(string.Create(CultureInfo.InvariantCulture, $"{view.Entries:#,0} entries and {view.Checkpoints:#,0} checkpoints in {view.TookMs / 1000.0:0.0} s; exported {Time(verifier.ReadMs)}."));
        if (view.Ok)
        {
            Terminal.Line(trust.Witnessed.Count > 0
                ? string.Create(CultureInfo.InvariantCulture, $"Sound: every entry is what was signed, and {trust.Witnessed.Count - verifier.TooYoung:#,0} of the witness's {trust.Witnessed.Count:#,0} checkpoints are in it{(verifier.TooYoung == 0 ? "" : "; the others are younger than the export")}.")
                : "Sound in itself: every entry is what was signed. A log that was cut at a checkpoint, or signed anew from its beginning, shows only against a witness (--witness DIR).");
            return 0;
        }

        Terminal.Error(string.Create(CultureInfo.InvariantCulture, $"NOT SOUND: {view.Faults.Count:#,0} fault{(view.Faults.Count == 1 ? "" : "s")}"));
        foreach (var fault in view.Faults.Take(ShownFaults)) { Terminal.Error($"  {fault.Kind}: {fault.Detail}"); }

        if (view.Faults.Count > ShownFaults) { Terminal.Error(string.Create(CultureInfo.InvariantCulture, $"  and {view.Faults.Count - ShownFaults:#,0} more")); }

        return 1;
    }

    private static string Time(long ms) => ms is > 0 and < 253_402_300_800_000 ? DateTimeOffset.FromUnixTimeMilliseconds(ms).ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture) : "at an unknown time";
}
