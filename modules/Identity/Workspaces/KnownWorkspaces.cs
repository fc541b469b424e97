using System.Collections.Concurrent;
using Slipway.Kernel;

namespace Slipway.Identity.Workspaces;

/// <summary>Which workspaces exist, asked on every request: names seen once are remembered, since no workspace ever goes away. Thread safe.</summary>
internal sealed class KnownWorkspaces(Db db)
{
    private readonly ConcurrentDictionary<string, bool> _known = new();

    public async ValueTask<bool> Has(string name, CancellationToken ct)
    {
        if (_known.ContainsKey(name)) { return true; }

        // A name that cannot be one is not looked up: it may hold anything.
        if (Names.WorkspaceFault(name) is not null || !await db.Read(tx => WorkspaceStore.Exists(tx, name), ct)) { return false; }

        _known[name] = true;
        return true;
    }
}
