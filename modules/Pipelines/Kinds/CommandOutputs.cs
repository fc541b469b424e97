using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Slipway.Kernel;
using Slipway.Pipelines.Ports;

namespace Slipway.Pipelines.Kinds;

/// <summary>Takes what a program has left in <c>out/</c>: plain files only, never what a link leads to, and nothing that would block.</summary>
internal static class CommandOutputs
{
    private const int ReadOnly = 0;
    private const int NonBlock = 0x800;
    private const int CloseOnExec = 0x80000;
    private static readonly int NoFollow = RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm ? 0x8000 : 0x20000;

    public static async Task<Result<Dictionary<string, StepValue>>> Take(CommandFolder folder, IReadOnlyDictionary<string, CommandOutput> promised, IBlobStore blobs, CancellationToken ct)
    {
        var outputs = new Dictionary<string, StepValue>(StringComparer.Ordinal);
        if (promised.Count == 0) { return outputs; }

        if (new DirectoryInfo(folder.Out) is not { Exists: true, LinkTarget: null }) { return Refused("'out' is no folder any more; the program must leave it in place."); }

        var names = Directory.EnumerateFileSystemEntries(folder.Out).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal).ToList();
        foreach (var (name, output) in promised)
        {
            var fitting = names.Where(file => output.File is { } exact ? file == exact : file == name || (file.StartsWith(name + ".", StringComparison.Ordinal) && file.IndexOf('.', name.Length + 1) < 0)).ToList();
            if (fitting.Count != 1)
            {
                return Refused(fitting.Count == 0
                    ? $"The program has left no file 'out/{output.File ?? name}'{(output.File is null ? ", with or without an ending," : "")} for its output '{name}'; there {(names.Count == 0 ? "is nothing" : $"is {string.Join(", ", names.Take(10).Select(Definitions.DefinitionRules.Cut))}")}."
                    : $"Several files could be the output '{name}': {string.Join(", ", fitting.Take(10))}; say which with {{ type: {output.Type}, file: {fitting[0]} }}.");
            }

            if ((await Store(Path.Combine(folder.Out, fitting[0]), fitting[0], blobs, ct)).Fails(out var problem, out var digest)) { return problem; }

            outputs[name] = new StepValue(output.Type, digest, fitting[0]);
        }

        return outputs;
    }

    private static async Task<Result<string>> Store(string path, string name, IBlobStore blobs, CancellationToken ct)
    {
        using var handle = Open(path, ReadOnly | NonBlock | NoFollow | CloseOnExec);
        if (handle.IsInvalid) { return Refused($"'out/{name}' cannot be read: it is a link, or not readable; a plain file belongs there."); }

        // Asked of what was opened, not of its name, which could be another thing by now. A pipe or device cannot seek.
        if (File.GetAttributes(handle).HasFlag(FileAttributes.Directory)) { return Refused($"'out/{name}' is no plain file."); }

        await using var file = new FileStream(handle, FileAccess.Read);
        if (!file.CanSeek) { return Refused($"'out/{name}' is no plain file."); }

        return file.Length <= Limits.PipelineFileBytes ? (await blobs.Put(file, ct)).Digest
            : Refused($"'out/{name}' has {file.Length} bytes; an output may have at most {Limits.PipelineFileBytes}.");
    }

    private static Problem Refused(string detail) => new(422, "output_refused", detail);

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    private static extern SafeFileHandle Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);
}
