using System.Security.Cryptography;
using Slipway.Kernel.Contracts;

namespace Slipway.Kernel.Tests;

/// <summary>Ways to falsify a log. Each returns the falsified log and the entries [From, To] among which the fault is to be found.</summary>
internal sealed class Tampering(Random random, ECDsa otherKey)
{
    public static readonly string[] Kinds =
    [
        "alter entry", "alter entry and leaf", "alter leaf", "delete entry", "delete entry, renumber", "insert entry, renumber", "repeat entry", "swap entries",
        "swap entries, renumber", "truncate", "truncate with header", "alter checkpoint", "delete checkpoint", "move checkpoint", "repeat checkpoint",
        "forge checkpoint", "fork with the key", "old backup", "old backup, gone on", "rewrite under another key",
    ];

    public (MadeLog Log, long? StatedSize, long From, long To) Do(string kind, MadeLog log)
    {
        var lines = log.Lines.ToList();
        var count = log.Entries.Count();
        var i = random.Next(1, count);
        var at = lines.FindIndex(line => line.IsEntry && line.Index == i);
        var j = random.Next(1, count);
        while (j == i) { j = random.Next(1, count); }

        var other = lines.FindIndex(line => line.IsEntry && line.Index == j);
        var marks = Enumerable.Range(0, lines.Count).Where(k => !lines[k].IsEntry).ToList();
        var mark = marks[random.Next(marks.Count)];
        var fake = MadeLog.Entry($"f{random.Next()}", "run.delete", "run/fake");
        var (low, high) = (Math.Min(i, j), Math.Max(i, j));
        switch (kind)
        {
            case "alter entry":
                lines[at] = lines[at] with { Entry = Flip(lines[at].Entry) };
                return (log with { Lines = lines }, null, i, i);
            case "alter entry and leaf":
                lines[at] = LogLine.Of(i, Flip(lines[at].Entry));
                return (log with { Lines = lines }, null, i, i);
            case "alter leaf":
                lines[at] = lines[at] with { Leaf = Flip(lines[at].Leaf) };
                return (log with { Lines = lines }, null, i, i);
            case "delete entry":
                lines.RemoveAt(at);
                return (log with { Lines = lines }, random.Next(2) == 0 ? count : null, i, i);
            case "delete entry, renumber":
                lines.RemoveAt(at);
                return ((log with { Lines = lines }).Renumbered(), null, i, i);
            case "insert entry, renumber":
                lines.Insert(at, LogLine.Of(i, fake));
                return ((log with { Lines = lines }).Renumbered(), null, i, i);
            case "repeat entry":
                lines.Insert(random.Next(at + 1, lines.Count + 1), lines[at]);
                return (log with { Lines = lines }, null, i, count);
            case "swap entries":
                (lines[at], lines[other]) = (lines[other], lines[at]);
                return (log with { Lines = lines }, null, low, high);
            case "swap entries, renumber":
                (lines[at], lines[other]) = (lines[other], lines[at]);
                return ((log with { Lines = lines }).Renumbered(), null, low, high);
            case "truncate":
                return (log with { Lines = lines[..at] }, count, i, count);
            case "truncate with header":
                return (log with { Lines = lines[..at] }, null, i, count);
            case "alter checkpoint":
                lines[mark] = lines[mark] with { Note = Alter(lines[mark].Note!) };
                return Near(log with { Lines = lines }, log, mark);
            case "delete checkpoint":
                lines.RemoveAt(mark);
                return Near(log with { Lines = lines }, log, mark);
            case "move checkpoint":
                var moved = marks[(marks.IndexOf(mark) + 1 + random.Next(marks.Count - 1)) % marks.Count];
                (lines[mark], lines[moved]) = (lines[moved], lines[mark]);
                return Near(log with { Lines = lines }, log, Math.Min(mark, moved), Math.Max(mark, moved));
            case "repeat checkpoint":
                var after = random.Next(mark + 1, lines.Count + 1);
                lines.Insert(after, lines[mark]);
                return Near(log with { Lines = lines }, log, mark, lines.Count - 2);
            case "forge checkpoint":
                Assert.True(AuditCheckpoint.TryParse(lines[mark].Note!, out var honest, out _));
                lines[mark] = lines[mark] with { Note = (honest with { Root = Flip(honest.Root) }).Sign(otherKey) };
                return Near(log with { Lines = lines }, log, mark);
            case "fork with the key":
                return (Resign(log, log.Key, Replaced(log, i, fake)), null, i, i);
            case "old backup":
                return (log with { Lines = lines[..(marks[random.Next(marks.Count - 1)] + 1)] }, null, 0, count);
            case "old backup, gone on":
                var kept = lines[..(marks[random.Next(marks.Count - 1)] + 1)];
                var restored = log with { Lines = kept };
                var from = restored.Entries.Count();
                for (var more = random.Next(1, 30); more > 0; more--) { restored.Append(MadeLog.Entry($"g{random.Next()}", "run.delete", "run/new")); }

                restored.Sign();
                return (restored, null, from, count);
            default:
                return (Resign(log, otherKey, Replaced(log, i, fake)), null, 0, count);
        }
    }

    /// <summary>The same log with the entries given, every checkpoint signed anew at the same sizes.</summary>
    private static MadeLog Resign(MadeLog log, ECDsa key, List<byte[]> entries)
    {
        var anew = new MadeLog(key, log.Origin, []);
        foreach (var line in log.Lines)
        {
            if (line.IsEntry) { anew.Append(entries[(int)line.Index]); }
            else { anew.Sign(); }
        }

        // What comes before the change was signed already and stays.
        for (var k = 0; k < anew.Lines.Count && key == log.Key; k++)
        {
            if (anew.Lines[k].IsEntry && !anew.Lines[k].Entry.AsSpan().SequenceEqual(log.Lines[k].Entry)) { break; }

            anew.Lines[k] = log.Lines[k];
        }

        return anew;
    }

    private static List<byte[]> Replaced(MadeLog log, int index, byte[] entry) => [.. log.Entries.Select(line => line.Index == index ? entry : line.Entry)];

    private static (MadeLog Log, long? StatedSize, long From, long To) Near(MadeLog log, MadeLog was, int mark, int? last = null) =>
        (log, null, was.Lines[..mark].LongCount(line => line.IsEntry) - 1, was.Lines[..((last ?? mark) + 1)].LongCount(line => line.IsEntry));

    private byte[] Flip(byte[] bytes)
    {
        var copy = bytes.ToArray();
        copy[random.Next(copy.Length)] ^= (byte)(1 << random.Next(8));
        return copy;
    }

    private string Alter(string note)
    {
        var at = random.Next(note.Length);
        var c = (char)random.Next(' ', '~');
        return note[at] == c ? Alter(note) : $"{note[..at]}{c}{note[(at + 1)..]}";
    }
}
