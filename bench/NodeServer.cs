using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Slipway.Bench;

/// <summary><c>serving-node.mjs</c> as a process of its own; ends when disposed.</summary>
internal sealed class NodeServer : IAsyncDisposable
{
    private readonly Process _process;

    private NodeServer(Process process, int port) => (_process, Url) = (process, new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/")));

    public Uri Url { get; }

    /// <returns>Null when Node.js or its package is missing.</returns>
    public static async Task<NodeServer?> Start(string model)
    {
        try
        {
            var process = Process.Start(new ProcessStartInfo("node", [NodePeer.Script("serving-node.mjs"), model]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
            return int.TryParse(await process.StandardOutput.ReadLineAsync(), CultureInfo.InvariantCulture, out var port) ? new NodeServer(process, port) : null;
        }
        catch (Win32Exception) { return null; }
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
