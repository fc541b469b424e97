using Slipway.Kernel;
using Slipway.Registry.Aliases;
using Slipway.Registry.Models;
using Slipway.Registry.Ports;

namespace Slipway.Registry.Imports;

/// <summary>Aliases of imported models: those that stand for nothing here yet.</summary>
internal static class ImportedAliases
{
    /// <returns>Those that are new.</returns>
    /// <param name="skipped">Gets what was not set, and why.</param>
    public static List<string> Set(WriteTx tx, Caller caller, Model model, IReadOnlyDictionary<string, long> aliases, Dictionary<string, string> skipped)
    {
        var set = new List<string>();
        foreach (var (alias, version) in aliases)
        {
            var now = AliasStore.Find(tx, model.Id, alias);
            if (now == version) { continue; }

            var reason = AliasRules.Fault(alias) is { } fault ? fault.Detail
                : now is not null ? $"The alias '{alias}' stands for version {now} here."
                : !ImportedVersions.IsThere(tx, model.Id, version) ? $"The alias '{alias}' stands for version {version}, which was not taken over."
                : null;
            if (reason is not null)
            {
                skipped[alias] = reason;
                continue;
            }

            AliasStore.Set(tx, model.Id, alias, version);
            tx.Publish(caller, new AliasChanged(caller.Workspace, model.Name, alias, null, version));
            set.Add(alias);
        }

        return set;
    }
}
