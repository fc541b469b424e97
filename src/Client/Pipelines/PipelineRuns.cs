using System.Runtime.CompilerServices;
using Slipway.Pipelines.Contracts;

namespace Slipway.Client;

/// <summary>Pipeline runs, started from a definition on this machine and watched to their end.</summary>
public static class PipelineRuns
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);

    /// <summary>Uploads the files that the definition names, from beside it, and starts a run.</summary>
    /// <param name="definition">Path of the YAML file.</param>
    /// <param name="force">Names of steps that must not be reused; <c>*</c> = all; null = none.</param>
    /// <exception cref="SlipwayException">A file is missing or leads out of the definition's folder, the definition has faults, or the server refused.</exception>
    public static async Task<PipelineRunView> StartPipelineRun(this SlipwayClient client, string workspace, string definition, IReadOnlyList<string>? force, CancellationToken ct)
    {
        var text = await Read(definition, ct);
        var check = await client.Post<CheckPipelineRequest, PipelineCheckView>(Path(workspace, "pipelines/check"), new(text), ct);
        if (check.Graph is not { } graph)
        {
            throw new SlipwayException($"{definition} has faults:\n{string.Join('\n', check.Faults.Select(fault => $"  {(fault.Line is { } line ? $"line {line}: " : "")}{fault.Path}: {fault.Detail}"))}");
        }

        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in graph.Files) { files[name] = (await Upload(client, workspace, definition, name, ct)).Digest; }

        return await client.Post<StartPipelineRunRequest, PipelineRunView>(Path(workspace, "pipeline-runs"), new(text, files, force), ct);
    }

    /// <summary>The run as it is now and after each change, until it has ended.</summary>
    /// <exception cref="SlipwayException">The server refused, or cannot be reached any more.</exception>
    public static async IAsyncEnumerable<PipelineRunView> WatchPipelineRun(this SlipwayClient client, string workspace, string runId, [EnumeratorCancellation] CancellationToken ct)
    {
        var seen = "";
        while (true)
        {
            var run = await client.Get<PipelineRunView>(Path(workspace, $"pipeline-runs/{runId}"), ct);
            var now = string.Join(' ', run.Steps.Select(step => $"{step.State}{step.Attempts}").Append(run.State.ToString()));
            if (now != seen) { yield return run; }

            if (run.State is not (PipelineRunState.Queued or PipelineRunState.Running)) { yield break; }

            seen = now;
            await Task.Delay(Pause, ct);
        }
    }

    private static async Task<string> Read(string definition, CancellationToken ct)
    {
        try { return await File.ReadAllTextAsync(definition, ct); }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException) { throw new SlipwayException($"{definition} cannot be read: {error.Message}"); }
    }

    private static async Task<PipelineFileView> Upload(SlipwayClient client, string workspace, string definition, string name, CancellationToken ct)
    {
        var folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(definition))!;
        var path = System.IO.Path.GetFullPath(System.IO.Path.Combine(folder, name));
        if (!path.StartsWith(folder + System.IO.Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            throw new SlipwayException($"{definition} names the file '{name}', which is not below its own folder {folder}; move it there.");
        }

        try
        {
            await using var file = File.OpenRead(path);
            return await client.Upload<PipelineFileView>(HttpMethod.Post, Path(workspace, "pipelines/files"), file, "application/octet-stream", ct);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException) { throw new SlipwayException($"{definition} names the file '{name}', which cannot be read: {error.Message}"); }
    }

    private static string Path(string workspace, string rest) => $"/api/v1/w/{Uri.EscapeDataString(workspace)}/{rest}";
}
