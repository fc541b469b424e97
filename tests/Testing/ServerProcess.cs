using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Slipway.Testing;

/// <summary>The server as a process of its own, started as its users start it, so that it can be killed, stopped, traced and measured. Linux.</summary>
public sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();

    private ServerProcess(Process process, Uri address)
    {
        (_process, BaseAddress) = (process, address);
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public Uri BaseAddress { get; }

    public int Id => _process.Id;

    /// <summary>From the start of the process to the first 200 of <c>/health</c>.</summary>
    public TimeSpan StartTook { get; private set; }

    /// <summary>What it has written to its terminal so far, a line each.</summary>
    public IReadOnlyCollection<string> Output => _output;

    /// <summary>The program built beside this one: the same configuration, in its own output folder.</summary>
    public static string Program
    {
        get
        {
            var configuration = Path.GetFileName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
            return Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "Server", configuration, "Slipway.Server"));
        }
    }

    /// <param name="dataFolder">Where it keeps everything.</param>
    /// <param name="arguments">Further arguments of <c>serve</c>.</param>
    /// <param name="command">What is started in place of the program, such as <c>strace -D -o file program</c>; it must keep the process id.</param>
    /// <param name="waitSeconds">How long the first 200 may take.</param>
    /// <exception cref="InvalidOperationException">It ended or did not answer in time; the message holds its output.</exception>
    public static async Task<ServerProcess> Start(string dataFolder, IEnumerable<string>? arguments = null, IReadOnlyList<string>? command = null, int waitSeconds = 30)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort().ToString(CultureInfo.InvariantCulture)}");
        var program = command ?? [Program];
        var start = new ProcessStartInfo(program[0]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in (string[])[.. program.Skip(1), "serve", "--urls", address.OriginalString, "--data", dataFolder, .. arguments ?? []])
        {
            start.ArgumentList.Add(argument);
        }

        // The settings of whoever runs the tests are not the server's.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("SLIPWAY_", StringComparison.Ordinal)).ToList()) { start.Environment.Remove(name); }

        var clock = Stopwatch.StartNew();
        var server = new ServerProcess(Process.Start(start)!, address);
        try
        {
            await server.WaitForHealth(clock, waitSeconds);
            server.StartTook = clock.Elapsed;
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>A client without credentials, cookies and redirects.</summary>
    public HttpClient NewClient() =>
        new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = BaseAddress, Timeout = TimeSpan.FromSeconds(30) };

    /// <summary><c>kill -9</c>: nothing of the process runs afterwards.</summary>
    public async Task Kill()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Stops every thread where it is (SIGSTOP); back when all stand still, those that were inside the kernel as well.</summary>
    public async Task Freeze()
    {
        Send(19);
        while (Directory.EnumerateDirectories($"/proc/{Id}/task").Any(thread => !File.ReadAllText(Path.Combine(thread, "stat")).Contains(") T ", StringComparison.Ordinal)))
        {
            await Task.Delay(1);
        }
    }

    /// <summary>Goes on after <see cref="Freeze"/> (SIGCONT).</summary>
    public void Thaw() => Send(18);

    /// <summary>Asks it to stop (SIGTERM) and waits.</summary>
    /// <returns>How long it took, and its exit code.</returns>
    public async Task<(TimeSpan Took, int ExitCode)> Stop()
    {
        var clock = Stopwatch.StartNew();
        Send(15);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await _process.WaitForExitAsync(limit.Token);
        return (clock.Elapsed, _process.ExitCode);
    }

    /// <summary>Resident memory now, in bytes.</summary>
    public long ResidentBytes()
    {
        var line = File.ReadLines($"/proc/{Id}/status").First(entry => entry.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) { await Kill(); }

        _process.Dispose();
    }

    private async Task WaitForHealth(Stopwatch clock, int waitSeconds)
    {
        using var client = NewClient();
        while (true)
        {
            if (_process.HasExited) { throw new InvalidOperationException($"The server ended with code {_process.ExitCode}:\n{string.Join('\n', _output)}"); }

            try
            {
                using var answer = await client.GetAsync("/health");
                if (answer.StatusCode == HttpStatusCode.OK) { return; }
            }
            catch (HttpRequestException) when (clock.Elapsed.TotalSeconds < waitSeconds) { /* it does not listen yet */ }

            await Task.Delay(5);
        }
    }

    private void Keep(string? line)
    {
        if (line is not null) { _output.Enqueue(line); }
    }

    private void Send(int signal)
    {
        if (Kill(Id, signal) != 0) { throw new InvalidOperationException($"Signal {signal} did not reach process {Id}."); }
    }

    /// <summary>A port of loopback that nobody listens on now.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int process, int signal);
}
