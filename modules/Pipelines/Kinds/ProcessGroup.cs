using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

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

    /// <summary>Ends every process of this user whose environment has a variable that begins like this, and waits until they are gone: those that a killed server had started and had no time to write down.</summary>
    /// <param name="beginning">Name, equals sign, and how the value begins.</param>
    public static void EndMarked(string beginning)
    {
        var mark = Encoding.UTF8.GetBytes($"\0{beginning}");
        SpinWait.SpinUntil(
            () =>
            {
                var marked = Ids().Where(id => id != Environment.ProcessId && IsMarked(id, mark)).ToList();
                foreach (var id in marked) { _ = Signal(id, Kill9); }

                return marked.Count == 0;
            }, EndLimit);
    }

    public void AskToEnd() => _ = Signal(-Leader, Terminate);

    public void Kill()
    {
        // It makes its group first thing; whoever is ended before that is no group yet.
        if (Signal(-Leader, Kill9) != 0 && Stat(Leader)?.StartTicks == StartTicks) { _ = Signal(Leader, Kill9); }
    }

    /// <summary>A group lives on without its leader; its number is not given to others meanwhile.</summary>
    public bool HasMembers() => Ids().Any(id => Stat(id) is { } stat && stat.Group == Leader && stat.Session == Leader && stat.StartTicks >= StartTicks);

    private static IEnumerable<int> Ids() => Directory.EnumerateDirectories("/proc")
        .Select(path => int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0).Where(id => id > 0);

    private static bool IsMarked(int id, byte[] mark)
    {
        try
        {
            var environment = File.ReadAllBytes($"/proc/{id.ToString(CultureInfo.InvariantCulture)}/environ");
            return environment.AsSpan().StartsWith(mark.AsSpan(1)) || environment.AsSpan().IndexOf(mark) >= 0;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException) { return false; }
    }

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
