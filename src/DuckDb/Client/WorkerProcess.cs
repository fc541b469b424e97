using System.Diagnostics;
using System.Text;

namespace Slipway.DuckDb;

/// <summary>The worker as the session sees it: frames in, frames out, and how it ended.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    private const int KeptErrorChars = 2_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    // What the runtime of .NET and the resolver need; everything else, secrets of the server's settings above all, stays here.
    private static readonly string[] Inherited = ["PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SystemRoot", "TMPDIR", EngineLibrary.Setting];

    private readonly Process _process;
    private readonly FrameReader _reader;
    private readonly Stream _input;
    private readonly StringBuilder _errors = new();
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly Task<int> _ended;
    private DuckDbException? _killedFor;

    private WorkerProcess(Process process)
    {
        _process = process;
        _reader = new FrameReader(process.StandardOutput.BaseStream);
        _input = process.StandardInput.BaseStream;
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginErrorReadLine();
        _ended = Ended(process);
    }

    public int Id => _process.Id;

    /// <summary>Resident memory now, in bytes; 0 once it has ended.</summary>
    public long ResidentBytes
    {
        get
        {
            _process.Refresh();
            return _process.HasExited ? 0 : _process.WorkingSet64;
        }
    }

    /// <exception cref="DuckDbException">The program cannot be started.</exception>
    public static WorkerProcess Start(DuckDbWorkerOptions options)
    {
        var (file, first) = DuckDbProgram.Command(options.Program);
        var start = new ProcessStartInfo(file)
        {
            WorkingDirectory = options.Folder, UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        if (first is not null) { start.ArgumentList.Add(first); }

        start.ArgumentList.Add(DuckDbWorker.Verb);
        foreach (var name in start.Environment.Keys.Except(Inherited).ToList()) { start.Environment.Remove(name); }

        start.Environment["HOME"] = options.Folder;
        start.Environment["DOTNET_ROOT"] = DuckDbProgram.DotnetRoot;
        // A small heap for a process that keeps little more than buffers; in hexadecimal, 512 MiB.
        start.Environment["DOTNET_GCHeapHardLimit"] = "20000000";
        start.Environment["DOTNET_gcServer"] = "0";
        start.Environment["DOTNET_gcConcurrent"] = "0";
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.Environment["DOTNET_TieredPGO"] = "0";
        try
        {
            return File.Exists(options.Program) ? new WorkerProcess(Process.Start(start)!) : throw new FileNotFoundException("it does not exist");
        }
        catch (Exception fault) when (fault is System.ComponentModel.Win32Exception or IOException)
        {
            throw new DuckDbException(DuckDbErrorKind.Library, $"DuckDB's worker process {options.Program} cannot be started: {fault.Message}", fault);
        }
    }

    /// <summary>Sends frames. A worker that has ended is found by <see cref="Read"/>.</summary>
    public async Task Send(ReadOnlyMemory<byte> frames)
    {
        await _sending.WaitAsync();
        try
        {
            await _input.WriteAsync(frames);
            await _input.FlushAsync();
        }
        catch (Exception fault) when (fault is IOException or ObjectDisposedException)
        {
            // The reader says how it ended.
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <exception cref="DuckDbException">It has ended; the message says how.</exception>
    public async ValueTask<(Frame Kind, byte[] Payload)> Read()
    {
        try
        {
            if (await _reader.Read() is { } frame) { return frame; }
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException)
        {
            Kill(new DuckDbException(DuckDbErrorKind.Crashed, $"DuckDB's worker process answered in a way that is none: {fault.Message}", fault));
        }

        var exitCode = await _ended;
        throw _killedFor ?? WorkerDeath.Explain(exitCode, _errors.ToString());
    }

    /// <summary>Ends it at once.</summary>
    /// <param name="reason">What <see cref="Read"/> throws from now on.</param>
    public void Kill(DuckDbException reason)
    {
        _killedFor ??= reason;
        try
        {
            _process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It has ended already.
        }
    }

    /// <summary>Closes its input, at which it ends; a second later it is killed.</summary>
    public async ValueTask DisposeAsync()
    {
        _killedFor ??= new DuckDbException(DuckDbErrorKind.Other, "The session was closed.");
        try
        {
            _input.Close();
        }
        catch (IOException)
        {
            // Its other end is gone.
        }

        if (await Task.WhenAny(_ended, Task.Delay(Patience)) != _ended)
        {
            Kill(_killedFor);
            await _ended;
        }

        _process.Dispose();
    }

    private static async Task<int> Ended(Process process)
    {
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    private void Keep(string? line)
    {
        if (line is null || _errors.Length > KeptErrorChars) { return; }

        _errors.Append(line).Append('\n');
    }
}
