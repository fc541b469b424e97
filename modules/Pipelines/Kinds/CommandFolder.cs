using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Slipway.Kernel;
using Slipway.Kernel.Contracts;
using Slipway.Pipelines.Ports;

namespace Slipway.Pipelines.Kinds;

/// <summary>
/// The working folder of one attempt: files beside the definition, inputs in <c>in/</c>, room for outputs in <c>out/</c>. Its own name is made of digits of ours;
/// the names inside have passed <see cref="Definitions.DefinitionRules"/>, so none leads out of it.
/// </summary>
internal sealed partial class CommandFolder(string path)
{
    private static readonly string[] Own = ["in", "out", "tmp", "step.json"];

    public string Path { get; } = path;

    public string In => Of("in");

    public string Out => Of("out");

    public string Temporary => Of("tmp");

    /// <summary>Outside of the folder: which process works in it, for a later process that finds it.</summary>
    public string ProcessFile => Path + ".process";

    /// <summary>Tells a program where its outputs go, and the next server whose program it is.</summary>
    public const string OutVariable = "SLIPWAY_OUT";

    public static bool IsReserved(string file) => Own.Contains(file.Split('/')[0]);

    public static CommandFolder Of(ServerFolders folders, string runId, string step) =>
        new(System.IO.Path.Combine(Work(folders), Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{runId}/{step}")))[..24]));

    /// <summary>At the start of a server, when nothing of this data folder can be running: ends the programs that a killed server has left, and removes their folders; what cannot be removed is logged and stays.</summary>
    public static void Sweep(ServerFolders folders, ILogger log)
    {
        var work = new DirectoryInfo(Work(folders));
        if (!work.Exists) { return; }

        foreach (var file in work.EnumerateFiles("*.process")) { ProcessGroup.EndLeftOver(file.FullName); }

        ProcessGroup.EndMarked($"{OutVariable}={work.FullName}{System.IO.Path.DirectorySeparatorChar}");

        foreach (var folder in work.EnumerateDirectories()) { Try(() => FolderRemoval.Remove(folder.FullName), folder.FullName, log); }

        foreach (var file in work.EnumerateFiles()) { Try(file.Delete, file.FullName, log); }
    }

    /// <summary>Ends the programs that an earlier attempt has left in this folder.</summary>
    public void EndLeftOver()
    {
        ProcessGroup.EndLeftOver(ProcessFile);
        ProcessGroup.EndMarked($"{OutVariable}={Path}{System.IO.Path.DirectorySeparatorChar}");
    }

    /// <summary>Fills a fresh folder that only this user can look into.</summary>
    public async Task Fill(StepContext context, CommandSettings settings, IBlobStore blobs, CancellationToken ct)
    {
        if (OperatingSystem.IsWindows()) { throw new PlatformNotSupportedException("Commands run on Linux only."); }

        const UnixFileMode mine = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!, mine);
        Delete();
        foreach (var folder in (string[])[Path, In, Out, Temporary]) { Directory.CreateDirectory(folder, mine); }

        foreach (var name in settings.Files.Distinct(StringComparer.Ordinal))
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Of(name))!, mine);
            await Write(Of(name), context.Files[name], blobs, ct);
            File.SetUnixFileMode(Of(name), mine);
        }

        var inputs = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var (name, value) in context.Inputs)
        {
            var file = $"in/{name}{Ending(value)}";
            await Write(Of(file), value.Digest, blobs, ct);
            inputs[name] = new { value.Type, File = file, value.Digest, value.Name, value.Facts };
        }

        var about = new { context.Pipeline, Run = context.PipelineRunId, Step = context.Step.Name, context.Attempt, Inputs = inputs, Outputs = settings.Out.ToDictionary(output => output.Key, output => output.Value.Type) };
        await File.WriteAllTextAsync(Of("step.json"), JsonSerializer.Serialize(about, WireJson.Options), ct);
    }

    /// <summary>After the program: what cannot be removed is logged and stays, for it says nothing of what the program did.</summary>
    public void Leave(ILogger log) => Try(Delete, Path, log);

    private void Delete()
    {
        FolderRemoval.Remove(Path);
        if (File.Exists(ProcessFile)) { File.Delete(ProcessFile); }
    }

    private static string Work(ServerFolders folders) => System.IO.Path.Combine(System.IO.Path.GetFullPath(folders.Data), "pipelines", "work");

    private string Of(string name) => System.IO.Path.Combine(Path, name);

    private static async Task Write(string path, string digest, IBlobStore blobs, CancellationToken ct)
    {
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        await blobs.CopyTo(digest, null, file, ct);
    }

    private static string Ending(StepValue value) => value.Type switch
    {
        StepTypes.Dataset => ".parquet",
        StepTypes.Model => ".onnx",
        StepTypes.Evaluation or StepTypes.ModelVersion => ".json",
        _ => System.IO.Path.GetExtension(value.Name ?? "") is { Length: > 1 and <= 10 } ending && ending[1..].All(char.IsAsciiLetterOrDigit) ? ending : "",
    };

    private static void Try(Action remove, string path, ILogger log)
    {
        try { remove(); }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException) { NotRemoved(log, path, error); }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Path}, where a program worked, could not be removed; remove it by hand")]
    private static partial void NotRemoved(ILogger log, string path, Exception error);
}
