using Slipway.Kernel;
using Slipway.Kernel.Mlflow;
using Slipway.Registry.Contracts;
using Slipway.Registry.Models;
using Slipway.Registry.Versions;

namespace Slipway.Registry.Imports;

/// <summary>Rows of versions under numbers that were given elsewhere.</summary>
internal static class ImportedVersions
{
    /// <summary>Sources by number, deleted versions too: their numbers are taken.</summary>
    public static Dictionary<long, string> Sources(ReadTx tx, string modelId, IReadOnlyCollection<long> numbers) => tx.Query(
        $"SELECT version, source FROM registry_versions WHERE model_id = {modelId} AND version IN (SELECT value FROM {tx.Dialect.IntegerList(numbers)})",
        row => (row.GetInt64(0), row.GetString(1))).ToDictionary(row => row.Item1, row => row.Item2);

    /// <returns>The problem when the files have changed since the evidence was taken; null when the version is there.</returns>
    public static Problem? Insert(WriteTx tx, Caller caller, Model model, ImportedVersion given, Evidence evidence, VersionOrigins origins)
    {
        var version = new ModelVersion(
            model.Id, model.Name, given.Version, given.Stage, given.Description ?? "", given.Source, given.RunId ?? "", given.RunLink ?? "", given.CreatedMs, given.UpdatedMs, caller.Name)
        { Tags = [.. given.Tags] };
        if (origins.Note(tx, caller.Workspace, version, evidence) is { } changed) { return changed; }

        VersionStore.Insert(tx, caller, version, evidence);
        // Who registered it there is a name of that server, not somebody of this one.
        if (!string.IsNullOrEmpty(given.User))
        {
            tx.Execute($"UPDATE registry_versions SET created_by_name = {KeyRules.Cut(given.User, KeyRules.KeyChars)} WHERE model_id = {model.Id} AND version = {given.Version}");
        }

        return null;
    }

    /// <summary>Null when nothing has the name yet.</summary>
    public static string? ModelId(ReadTx tx, string workspace, string name) =>
        tx.QueryOne($"SELECT model_id FROM registry_models WHERE workspace = {workspace} AND name = {name}", row => row.GetString(0));

    public static bool IsThere(ReadTx tx, string modelId, long version) =>
        tx.Exists($"SELECT 1 FROM registry_versions WHERE model_id = {modelId} AND version = {version} AND deleted = 0");

    /// <summary>Numbers up to this one are not given again.</summary>
    public static void Raise(WriteTx tx, string modelId, long last) =>
        tx.Execute($"UPDATE registry_models SET last_version = {last} WHERE model_id = {modelId} AND last_version < {last}");
}
