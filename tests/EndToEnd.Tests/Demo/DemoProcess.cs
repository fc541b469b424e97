using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Slipway.EndToEnd.Tests;

/// <summary>The demo as a process of its own, with its lines as they come.</summary>
internal sealed class DemoProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly Process _process;
    private readonly BlockingCollection<string> _coming = [];
    private readonly ConcurrentQueue<string> _lines = new();

    private DemoProcess(Process process, Uri address)
    {
        (_process, Address) = (process, address);
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public Uri Address { get; }

    public int Id => _process.Id;

    public IReadOnlyCollection<string> Lines => _lines;

    /// <param name="workingFolder">Where it is started.</param>
    public static DemoProcess Start(string workingFolder, params IEnumerable<string> arguments)
    {
        var address = new Uri($"http://127.0.0.1:{ServerProcess.FreePort().ToString(CultureInfo.InvariantCulture)}");
        string[] all = ["demo", "--urls", address.OriginalString, "--samples", Path.Combine(AppContext.BaseDirectory, "samples"), .. arguments];
        return new DemoProcess(Process.Start(new ProcessStartInfo(ServerProcess.Program, all)
        {
            WorkingDirectory = workingFolder, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        })!, address);
    }

    /// <summary>Waits for the line of a stage.</summary>
    public async Task Reach(string stage)
    {
        using var limit = new CancellationTokenSource(Patience);
        await Task.Run(
            () =>
            {
                while (!_coming.Take(limit.Token).Contains($"s  {stage} ", StringComparison.Ordinal)) { }
            }, limit.Token);
    }

    public Task<int> Kill()
    {
        _process.Kill();
        return End();
    }

    /// <summary>What Ctrl-C does (SIGINT).</summary>
    public async Task<int> Interrupt()
    {
        using var kill = Process.Start("kill", ["-INT", Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        return await End();
    }

    /// <returns>The exit code.</returns>
    public async Task<int> End()
    {
        using var limit = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) { await Kill(); }

        _process.Dispose();
        _coming.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is null) { return; }

        _lines.Enqueue(line);
        _coming.Add(line);
    }
}
