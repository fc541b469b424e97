using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Slipway.Kernel;
using Slipway.Pipelines.Logs;

namespace Slipway.Pipelines.Kinds;

/// <summary>Runs a program to its end without a shell, in a process group of its own, and passes its output on line by line.</summary>
internal static class CommandProcess
{
    private const int LastLines = 8;
    private const string Masked = "***";
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);

    /// <param name="run">Program and arguments.</param>
    /// <param name="environment">All of it; nothing of the server's own is passed on.</param>
    /// <param name="secret">Stands as <c>***</c> in the log and in the problem, wherever a line is cut.</param>
    /// <param name="log">Gets each line of output.</param>
    /// <returns>How many lines it wrote; or a problem with its exit code and last lines, or that its time was up.</returns>
    public static async Task<Result<long>> Run(
        CommandFolder folder, IReadOnlyList<string> run, IReadOnlyDictionary<string, string> environment, string secret, TimeSpan limit, Action<string> log, CancellationToken ct)
    {
        if (Program(run[0], folder, environment["PATH"]) is not { } program)
        {
            return new Problem(422, "program_missing", $"There is no program '{run[0]}' on the machine that runs the step (looked in {environment["PATH"]}); install it there, or name another.");
        }

        var start = new ProcessStartInfo("setsid", [program, .. run.Skip(1)])
        {
            WorkingDirectory = folder.Path, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
            StandardOutputEncoding = Encoding.UTF8, StandardErrorEncoding = Encoding.UTF8,
        };
        start.Environment.Clear();
        foreach (var (name, value) in environment) { start.Environment[name] = value; }

        Process process;
        try { process = Process.Start(start)!; }
        catch (Win32Exception error) { return new Problem(500, "not_started", $"'{run[0]}' could not be started: {error.Message} ('setsid' of util-linux is needed on the server)."); }

        using (process)
        {
            var group = ProcessGroup.Of(process.Id);
            group.Keep(folder.ProcessFile);
            process.StandardInput.Close();
            var tail = new Tail(log);
            var output = Task.WhenAll(Read(process.StandardOutput, secret, tail), Read(process.StandardError, secret, tail));
            using var time = CancellationTokenSource.CreateLinkedTokenSource(ct);
            time.CancelAfter(limit);
            try { await process.WaitForExitAsync(time.Token); }
            catch (OperationCanceledException)
            {
                group.AskToEnd();
                await process.WaitForExitAsync(CancellationToken.None).WaitAsync(Grace, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            // What it has started and left behind ends with it.
            group.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
            await output.WaitAsync(Grace, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            ct.ThrowIfCancellationRequested();
            if (time.IsCancellationRequested) { return new Problem(504, "timed_out", $"'{run[0]}' took longer than its time-out of {limit.TotalSeconds:0} s and was ended.{tail.Said()}"); }

            return process.ExitCode == 0 ? tail.Count : new Problem(422, "command_failed", $"'{string.Join(' ', run.Take(4))}' ended with exit code {process.ExitCode}.{tail.Said()}");
        }
    }

    /// <summary>The program's path: in the working folder when it names a file there, absolute, or by the search path.</summary>
    private static string? Program(string name, CommandFolder folder, string path)
    {
        var candidates = name.Contains('/', StringComparison.Ordinal)
            ? [Path.GetFullPath(name, folder.Path)]
            : path.Split(':', StringSplitOptions.RemoveEmptyEntries).Select(part => Path.Combine(part, name));
        return candidates.FirstOrDefault(File.Exists);
    }

    /// <summary>Like ReadLine, but a line without end does not grow without end; and the secret is taken out before anything is cut.</summary>
    private static async Task Read(StreamReader reader, string secret, Tail tail)
    {
        var (buffer, line) = (new char[4_096], new StringBuilder());
        while (await reader.ReadAsync(buffer) is var count and > 0)
        {
            foreach (var c in buffer.AsSpan(0, count))
            {
                if (c == '\n' || line.Length > StepLog.MaxLineChars)
                {
                    line.Replace(secret, Masked);
                    var kept = c == '\n' ? 0 : Begun(line, secret);
                    tail.Add(line.ToString(0, line.Length - kept));
                    line.Remove(0, line.Length - kept);
                }

                if (c != '\n') { line.Append(c); }
            }
        }

        if (line.Length > 0) { tail.Add(line.Replace(secret, Masked).ToString()); }
    }

    /// <summary>How many characters at the end of a line could be the beginning of the secret, whose rest is still to come.</summary>
    private static int Begun(StringBuilder line, string secret)
    {
        var end = line.ToString(Math.Max(0, line.Length - secret.Length + 1), Math.Min(line.Length, secret.Length - 1));
        return Enumerable.Range(0, end.Length).Where(i => secret.StartsWith(end[i..], StringComparison.Ordinal)).Select(i => end.Length - i).FirstOrDefault();
    }

    private sealed class Tail(Action<string> log)
    {
        private readonly Queue<string> _last = new();

        public long Count { get; private set; }

        public void Add(string line)
        {
            log(line);
            lock (_last)
            {
                Count++;
                _last.Enqueue(line.Length > 200 ? line[..200] + "…" : line);
                if (_last.Count > LastLines) { _last.Dequeue(); }
            }
        }

        public string Said()
        {
            lock (_last) { return _last.Count == 0 ? " It wrote nothing." : $" Its last lines: {string.Join(" | ", _last)}"; }
        }
    }
}
