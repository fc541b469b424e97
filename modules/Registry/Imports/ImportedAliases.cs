using Slipway.Kernel;
using Slipway.Registry.Aliases;
using Slipway.Registry.Contracts;
using Slipway.Registry.Models;
using Slipway.Registry.Ports;
using Slipway.Registry.Versions;

namespace Slipway.Registry.Imports;

/// <summary>Aliases of imported models: those that stand for nothing here yet.</summary>
internal static class ImportedAliases
{
    /// <summary>Asks the gate for each alias that would be new, as if it were set.</summary>
    /// <returns>Those that were asked for, with the reason of a refusal; null = allowed.</returns>
    public static async Task<IReadOnlyDictionary<string, string?>> Ask(Db db, IGate gate, Caller caller, ImportedModel given, IReadOnlyList<ReadyVersion> ready, CancellationToken ct)
    {
        var asked = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var (alias, version) in given.Aliases.Where(pair => AliasRules.Fault(pair.Key) is null))
        {
            var sent = ready.FirstOrDefault(one => one.Given.Version == version)?.Evidence;
            if (await db.Read(tx => New(tx, caller.Workspace, given.Name, alias, version, sent), ct) is not { } evidence) { continue; }

            var answer = await gate.Ask(
                caller, Actions.AliasSet.Name, ModelVersion.SubjectOf(given.Name, version), new Dictionary<string, string>(evidence.Named()) { ["alias"] = alias }, ct);
            asked[alias] = answer.Refusal?.Detail;
        }

        return asked;
    }

    /// <returns>Those that are new.</returns>
    /// <param name="asked">What <see cref="Ask"/> answered: what was not asked for is not set.</param>
    /// <param name="skipped">Gets what was not set, and why.</param>
    public static List<string> Set(
        WriteTx tx, Caller caller, Model model, IReadOnlyDictionary<string, long> aliases, IReadOnlyDictionary<string, string?> asked, Dictionary<string, string> skipped)
    {
        var set = new List<string>();
        foreach (var (alias, version) in aliases)
        {
            var now = AliasStore.Find(tx, model.Id, alias);
            if (now == version) { continue; }

            var reason = AliasRules.Fault(alias) is { } fault ? fault.Detail
                : now is not null ? $"The alias '{alias}' stands for version {now} here."
                : !ImportedVersions.IsThere(tx, model.Id, version) ? $"The alias '{alias}' stands for version {version}, which was not taken over."
                : !asked.TryGetValue(alias, out var refusal) ? $"The alias '{alias}' changed here meanwhile; import again."
                : refusal;
            if (reason is not null)
            {
                skipped[alias] = reason;
                continue;
            }

            AliasStore.Set(tx, model.Id, alias, version);
            tx.Publish(caller, new AliasChanged(caller.Workspace, model.Name, alias, null, version, ModelStore.IsPrompt(tx, model.Id)));
            set.Add(alias);
        }

        return set;
    }

    /// <summary>What is known of the version that an alias would stand for; null when the alias stands for something here, or the version is not there and none is sent.</summary>
    private static Evidence? New(ReadTx tx, string workspace, string model, string alias, long version, Evidence? sent) =>
        ImportedVersions.ModelId(tx, workspace, model) is not { } id ? sent
        : AliasStore.Find(tx, id, alias) is not null ? null
        : ImportedVersions.IsThere(tx, id, version) ? VersionStore.EvidenceOf(tx, id, version)
        : sent;
}
