using System.Collections.Concurrent;
using Microsoft.Win32.SafeHandles;

namespace Slipway.DuckDb;

/// <summary>The other side of <see cref="DuckDbSession"/>: the program's hidden verb that serves one session over its standard input and output.</summary>
public static class DuckDbWorker
{
    /// <summary>The verb of the program.</summary>
    public const string Verb = "duckdb-worker";

    /// <summary>Serves until the input ends, which ends the process whatever runs.</summary>
    /// <returns>Exit code: 2 when nobody speaks the protocol on its input.</returns>
    public static int Run()
    {
        using var input = new FileStream(new SafeFileHandle(0, ownsHandle: false), FileAccess.Read, bufferSize: 0);
        using var output = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        Bounds.WidenPipe(1);
        using var requests = new BlockingCollection<(Frame Kind, byte[] Payload)>(4);
        WorkerSession? session = null;
        _ = Task.Run(() => Receive(new FrameReader(input), requests, payload => session?.Interrupt(payload)));

        foreach (var (kind, payload) in requests.GetConsumingEnumerable())
        {
            if (session is null && kind == Frame.Open) { session = WorkerSession.Open(payload, output); }
            else if (session is null || !session.Serve(kind, payload)) { return 2; }
        }

        return 2;
    }

    private static async Task Receive(FrameReader input, BlockingCollection<(Frame Kind, byte[] Payload)> requests, Action<byte[]> interrupt)
    {
        try
        {
            while (await input.Read() is { } frame)
            {
                if (frame.Kind == Frame.Interrupt) { interrupt(frame.Payload); }
                else { requests.Add(frame); }
            }
        }
        catch (InvalidDataException)
        {
            requests.CompleteAdding();
            return;
        }

        // The session's process closed the pipe or died: nothing that still runs has a reader.
        Bounds.Exit();
    }
}
