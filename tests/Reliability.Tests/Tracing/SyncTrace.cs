using System.Globalization;
using System.Text.RegularExpressions;

namespace Slipway.Reliability.Tests;

/// <summary>
/// Reads what strace wrote (<c>-f -yy</c>): for every 2xx answer to a write, whether a sync of the given file began after the request had arrived and was
/// complete before the answer left. strace writes one line per event in the order in which it saw them; calls of several threads interleave.
/// </summary>
internal sealed partial class SyncTrace(Func<string, string, bool> syncsFor)
{
    private readonly Dictionary<string, string> _unfinished = [];
    private readonly Dictionary<string, long> _syncStarts = [];
    private readonly Dictionary<string, (string Request, long At)> _requests = [];
    private readonly List<(string File, long Started, long Ended)> _syncs = [];

    /// <summary>Answers of 2xx to a write that a sync preceded.</summary>
    public int Proven { get; private set; }

    /// <summary>A sentence per answer that left too early.</summary>
    public List<string> Faults { get; } = [];

    /// <param name="lines">The trace.</param>
    /// <param name="syncsFor">Given the request line and a synced file's path: whether this sync makes that request durable.</param>
    public static SyncTrace Read(IEnumerable<string> lines, Func<string, string, bool> syncsFor)
    {
        var trace = new SyncTrace(syncsFor);
        var number = 0L;
        foreach (var line in lines) { trace.Take(line, ++number); }

        return trace;
    }

    private void Take(string line, long number)
    {
        if (Resumed().Match(line) is { Success: true } resumed)
        {
            var thread = resumed.Groups["thread"].Value;
            if (_unfinished.Remove(thread, out var begun)) { Ended(thread, begun + resumed.Groups["rest"].Value, number); }

            return;
        }

        if (Call().Match(line) is not { Success: true } call) { return; }

        var (id, text) = (call.Groups["thread"].Value, call.Groups["call"].Value);
        Began(id, text, number);
        if (text.EndsWith("<unfinished ...>", StringComparison.Ordinal)) { _unfinished[id] = text[..^"<unfinished ...>".Length]; }
        else { Ended(id, text, number); }
    }

    private void Began(string thread, string call, long number)
    {
        if (IsSync(call)) { _syncStarts[thread] = number; }

        // An answer counts from the moment at which it begins to leave.
        if (Answer().Match(call) is { Success: true } answer && _requests.Remove(answer.Groups["socket"].Value, out var request)) { Check(request.Request, request.At, number, answer.Value); }
    }

    private void Ended(string thread, string call, long number)
    {
        if (IsSync(call) && _syncStarts.Remove(thread, out var started) && Path().Match(call) is { Success: true } path && call.TrimEnd().EndsWith("= 0", StringComparison.Ordinal))
        {
            _syncs.Add((path.Groups["path"].Value, started, number));
        }

        if (Request().Match(call) is { Success: true } request) { _requests[request.Groups["socket"].Value] = (request.Groups["line"].Value, number); }
    }

    private void Check(string request, long arrived, long left, string answer)
    {
        if (_syncs.Exists(sync => sync.Started > arrived && sync.Ended < left && syncsFor(request, sync.File))) { Proven++; }
        else { Faults.Add(string.Create(CultureInfo.InvariantCulture, $"'{request}' arrived at line {arrived} and was answered at line {left} without a sync between: {answer}")); }
    }

    private static bool IsSync(string call) => call.StartsWith("fdatasync(", StringComparison.Ordinal) || call.StartsWith("fsync(", StringComparison.Ordinal);

    [GeneratedRegex(@"^(?<thread>\d+)\s+<\.\.\. \w+ resumed>(?<rest>.*)$")]
    private static partial Regex Resumed();

    [GeneratedRegex(@"^(?<thread>\d+)\s+(?<call>\w+\(.*)$")]
    private static partial Regex Call();

    [GeneratedRegex(@"^f(?:data)?sync\(\d+<(?<path>[^>]+)>")]
    private static partial Regex Path();

    // recvfrom(9<TCP:[127.0.0.1:5000->127.0.0.1:40000]>, "POST /… HTTP/1.1\r\n…
    [GeneratedRegex(@"^(?:recvfrom|recvmsg|read)\(\d+<TCP:\[(?<socket>[^\]]+)\]>.*?""(?<line>(?:POST|PUT|PATCH|DELETE) [^ ]+)")]
    private static partial Regex Request();

    [GeneratedRegex(@"^(?:sendto|sendmsg|write|writev)\(\d+<TCP:\[(?<socket>[^\]]+)\]>.*?""HTTP/1\.1 2\d\d")]
    private static partial Regex Answer();
}
