using System.Globalization;
using System.Runtime.InteropServices;

namespace Slipway.Pipelines.Kinds;

/// <summary>A program and everything it has started, as one: the group that <c>setsid</c> made. Linux.</summary>
/// <param name="Leader">Process id of the program, and number of its group and session.</param>
/// <param name="StartTicks">When it began, in clock ticks since the machine did: tells it from a later process of the same number.</param>
/// <param name="Boot">Id of the machine's present life.</param>
internal sealed record ProcessGroup(int Leader, long StartTicks, string Boot)
{
    private const int Terminate = 15;
    private const int Kill9 = 9;
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(10);

    public static ProcessGroup Of(int leader) => new(leader, Stat(leader)?.StartTicks ?? 0, BootId());

    /// <summary>Keeps it where a later process of the server finds it.</summary>
    public void Keep(string file) => File.WriteAllText(file, string.Create(CultureInfo.InvariantCulture, $"{Leader} {StartTicks} {Boot}"));

    /// <summary>Ends what an earlier life of the server has left behind, and waits until it is gone, so that it cannot work beside its next attempt; nothing when the number belongs to somebody else by now.</summary>
    public static void EndLeftOver(string file)
    {
        if (!File.Exists(file) || File.ReadAllText(file).Split(' ') is not [var leader, var ticks, var boot] || boot != BootId()) { return; }

        var left = new ProcessGroup(int.Parse(leader, CultureInfo.InvariantCulture), long.Parse(ticks, CultureInfo.InvariantCulture), boot);
        var now = Stat(left.Leader);
        if (now is null ? !left.HasMembers() : now.Value.StartTicks != left.StartTicks) { return; }

        left.Kill();
        SpinWait.SpinUntil(() => !left.HasMembers(), EndLimit);
    }

    public void AskToEnd() => _ = Signal(-Leader, Terminate);

    public void Kill()
    {
        // It makes its group first thing; whoever is ended before that is no group yet.
        if (Signal(-Leader, Kill9) != 0 && Stat(Leader)?.StartTicks == StartTicks) { _ = Signal(Leader, Kill9); }
    }

    /// <summary>A group lives on without its leader; its number is not given to others meanwhile.</summary>
    public bool HasMembers() => Directory.EnumerateDirectories("/proc").Any(path =>
        int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && Stat(id) is { } stat && stat.Group == Leader && stat.Session == Leader && stat.StartTicks >= StartTicks);

    /// <summary>proc(5): after the name in parentheses come state, parent, group, session, …; the 22nd field is the start.</summary>
    private static (int Group, int Session, long StartTicks)? Stat(int id)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{id.ToString(CultureInfo.InvariantCulture)}/stat");
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] == "Z" ? null
                : (int.Parse(fields[2], CultureInfo.InvariantCulture), int.Parse(fields[3], CultureInfo.InvariantCulture), long.Parse(fields[19], CultureInfo.InvariantCulture));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException) { return null; }
    }

    private static string BootId() => File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Signal(int process, int signal);
}
