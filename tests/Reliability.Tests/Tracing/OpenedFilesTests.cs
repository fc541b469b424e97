using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Slipway.Testing;

namespace Slipway.Reliability.Tests;

/// <summary>Class H1 of the attack suite, seen from the kernel: whatever a client calls a file, the server opens none for it but its own.</summary>
public sealed partial class OpenedFilesTests
{
    private static readonly string[] WaysOut =
    [
        "../", "../../", "..\\", "..%2f", "..%5c", "%2e%2e/", "%2e%2e%2f", "%252e%252e%252f", "%25252e%25252e/", "..%c0%af", "%c0%ae%c0%ae/", "%e0%80%ae%e0%80%ae/", "....//", "..;/",
        "..%00/", "%00/", "/", "//", "%2f", "%5c", "C:\\", "C:/", "\\\\?\\C:\\", "//host/share/", "~/", "~root/", "%7e/", "file:///", "file:", "http:///#/../../", "http://h?a=../../", "a/../../../",
        "a/..%2f../", "./../", "a/./../../", ".. /", "../ ", "x#/../", "x?/../", "x;/../", "dbfs:/..;/", "s3://b/../../",
    ];

    [Fact]
    public async Task No_name_of_a_client_becomes_a_path()
    {
        using var folder = new Folder();
        var (trace, data) = (Path.Combine(folder.Path, "trace"), Path.Combine(folder.Path, "data"));
        // Where the ways out would lead to, if one of them did.
        var canary = Path.Combine(folder.Path, "canary");
        await File.WriteAllTextAsync(canary, "not for clients");
        string[] strace = ["strace", "-D", "-f", "-ttt", "-e", "trace=open,openat,openat2,creat,stat,unlink,unlinkat,rename,renameat,renameat2,mkdir,mkdirat", "-o", trace, ServerProcess.Program];
        double start, end;
        var sent = 0;
        await using (var server = await Privilege.OrSkip("strace", () => ServerProcess.Start(data, command: strace, waitSeconds: 60)))
        {
            using var http = server.NewClient();
            using var client = new MlflowClient(server.NewClient());
            var experiment = await client.CreateExperiment("paths");
            var (_, run) = await client.Send(new CreateRun(experiment, "paths"), 0);
            // Once as it should be, so that everything that is loaded at the first call is loaded.
            foreach (var (method, path) in Calls("a.txt", run!, experiment)) { _ = await Send(http, method, path); }

            start = Now();
            foreach (var way in WaysOut)
            {
                foreach (var target in (string[])["canary", "etc/passwd"])
                {
                    foreach (var (method, path) in Calls(way + target, run!, experiment))
                    {
                        var (status, body) = await Send(http, method, path);
                        Assert.True(status < 500 || status == 501, $"{method} {path} answers {status}");
                        Assert.DoesNotContain("not for clients", body, StringComparison.Ordinal);
                        Assert.DoesNotContain("root:x:", body, StringComparison.Ordinal);
                        sent++;
                    }
                }
            }

            // The stop itself touches what the runtime keeps for debuggers.
            end = Now();
            await server.Stop();
        }

        // Beside …/shared/Microsoft.NETCore.App/10.0.0 lies the web framework, of which parts are loaded late.
        var frameworks = Path.GetFullPath(Path.Combine(typeof(object).Assembly.Location, "..", "..", ".."));
        var own = new[] { data, Path.GetDirectoryName(ServerProcess.Program)!, frameworks, "/proc/", "/sys/", "/dev/" };
        var opened = File.ReadLines(trace).Select(line => FileCall().Match(line))
            .Where(call => call.Success && double.Parse(call.Groups["time"].Value, CultureInfo.InvariantCulture) is var time && time >= start && time <= end)
            .Select(call => call.Groups["path"].Value).ToList();
        Assert.NotEmpty(opened);
        var foreign = opened.Where(path => !Array.Exists(own, root => path.StartsWith(root, StringComparison.Ordinal)) && !IsShared(path)).Distinct().ToList();
        Assert.True(foreign.Count == 0, $"These files are not the server's own:\n{string.Join('\n', foreign)}");
        Assert.Equal("not for clients", await File.ReadAllTextAsync(canary));
        Report.Line($"paths: {sent:#,0} requests with {WaysOut.Length} ways out of a folder, {opened.Count:#,0} files touched meanwhile, all of them the server's own");
    }

    /// <summary>A server that is started in a large folder must not walk through it.</summary>
    [Fact]
    public async Task No_folder_is_watched()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "looks into /proc");
        using var folder = new Folder();
        await using var server = await ServerProcess.Start(Path.Combine(folder.Path, "data"));
        await server.Freeze();

        var watches = Directory.EnumerateFiles($"/proc/{server.Id}/fdinfo").SelectMany(File.ReadLines).Where(line => line.StartsWith("inotify", StringComparison.Ordinal));

        Assert.Empty(watches);
    }

    /// <summary>Every place where a client names something that another server might take for a file.</summary>
    private static IEnumerable<(string Method, string Path)> Calls(string name, string run, string experiment)
    {
        var (root, asked) = ($"/api/2.0/mlflow-artifacts/artifacts/{experiment}/{run}/artifacts/", Uri.EscapeDataString(name));
        yield return ("PUT", root + name);
        yield return ("GET", root + name);
        yield return ("GET", $"/api/2.0/mlflow-artifacts/artifacts?path={name}");
        yield return ("GET", $"/api/2.0/mlflow-artifacts/artifacts?path={asked}");
        yield return ("GET", $"/api/2.0/mlflow/artifacts/list?run_id={run}&path={asked}");
        yield return ("GET", $"/get-artifact?run_id={run}&path={asked}");
        yield return ("GET", $"/get-artifact?run_id={asked}&path=a.txt");
        yield return ("GET", $"/api/v1/w/default/runs/{run}/artifacts?path={asked}");
        yield return ("GET", $"/api/v1/w/default/runs/{run}/artifacts/content?path={asked}");
        yield return ("GET", $"/assets/{name}");
        yield return ("GET", "/" + name);
        yield return ("DELETE", root + name);
    }

    private static async Task<(int Status, string Body)> Send(HttpClient http, string method, string path)
    {
        // As it is written: the client must not tidy the path. What no request line can hold is sent encoded.
        var text = new StringBuilder();
        foreach (var c in path) { text.Append(c is ' ' or '\\' or '#' ? Uri.HexEscape(c) : c.ToString()); }

        var address = new Uri(http.BaseAddress!.GetLeftPart(UriPartial.Authority) + text, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        using var request = new HttpRequestMessage(new HttpMethod(method), address);
        if (method == "PUT") { request.Content = new ByteArrayContent([1]); }

        using var answer = await http.SendAsync(request);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static double Now() => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;

    /// <summary>Libraries of the system that are loaded when they are first needed.</summary>
    private static bool IsShared(string path) => path.StartsWith("/usr/lib/", StringComparison.Ordinal) || path.StartsWith("/lib/", StringComparison.Ordinal) || path == "/etc/ld.so.cache";

    [GeneratedRegex(@"^\d+ +(?<time>[\d.]+) \w+\((?:[A-Z_]+|\d+)?(?:, )?""(?<path>[^""]*)""")]
    private static partial Regex FileCall();
}
