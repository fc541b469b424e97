using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Kernel;
using Slipway.Kernel.Contracts;
using Slipway.Tracking.Contracts;

namespace Slipway.Tracking.Experiments;

/// <summary>The folders right below one: names of active experiments with slashes, as in <c>churn/baseline</c>, are paths. Nothing is stored; a folder is there while a name passes through it.</summary>
internal sealed class ListFolders(Db db)
{
    /// <summary><c>path</c>: a folder, such as <c>churn</c>; absent = the top.</summary>
    public static void Map(RouteGroupBuilder experiments) => experiments
        .MapGet("/folders", async (string? path, string? cursor, int? limit, Caller caller, ListFolders handler, CancellationToken ct) =>
            limit is < 1 or > Limits.PageRows
                ? Problem.Invalid("limit", $"'limit' is {limit}; it must lie between 1 and {Limits.PageRows}.").ToHttp()
                : (await handler.Handle(caller, path ?? "", cursor, limit ?? Limits.PageRows, ct)).ToHttp())
        .WithName(nameof(ListFolders)).Needs(Permissions.ExperimentsRead)
        .Produces<Page<ExperimentFolder>>().ProducesProblem(400);

    /// <summary>The names below a folder as a condition on <c>e.name</c>; empty = all.</summary>
    public static Sql Below(string folder) => folder.Length == 0
        ? Sql.Empty
        // Names are compared by bytes, and '0' is the byte after '/'.
        : $"AND e.name > {folder + "/"} AND e.name < {folder + "0"}";

    /// <param name="names">Of experiments below the folder, sorted; read as far as the folders are.</param>
    /// <param name="folder">Empty = the top.</param>
    public static IEnumerable<ExperimentFolder> Of(IEnumerable<string> names, string folder)
    {
        var start = folder.Length == 0 ? 0 : folder.Length + 1;
        ExperimentFolder? last = null;
        foreach (var name in names)
        {
            // From the second character: a name may begin with a slash.
            var slash = name.Length > start + 1 ? name.IndexOf('/', start + 1) : -1;
            // A name that ends there lies in no folder.
            if (slash < 0 || slash == name.Length - 1) { continue; }

            var next = name.Length > slash + 2 ? name.IndexOf('/', slash + 2) : -1;
            var deeper = next > 0 && next < name.Length - 1;
            var path = name[..slash];
            if (last?.Path == path)
            {
                last = last with { Experiments = last.Experiments + 1, HasFolders = last.HasFolders || deeper };
                continue;
            }

            if (last is not null) { yield return last; }

            last = new ExperimentFolder(path, path[start..], 1, deeper);
        }

        if (last is not null) { yield return last; }
    }

    private async Task<Result<Page<ExperimentFolder>>> Handle(Caller caller, string path, string? cursor, int limit, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.ExperimentsRead) is { } denied) { return denied; }

        foreach (var (parameter, value) in (IEnumerable<(string, string?)>)[("path", path), ("cursor", cursor)])
        {
            if (value?.Length > ValueLimits.ExperimentNameChars) { return Problem.Invalid(parameter, $"'{parameter}' has {value.Length} characters; names of experiments have at most {ValueLimits.ExperimentNameChars}."); }
        }

        var folders = await db.Read(tx => Of(Names(tx, caller, path, cursor), path).Take(limit + 1).ToList(), ct);
        return folders.Count > limit ? new Page<ExperimentFolder>(folders[..limit], folders[limit - 1].Path) : new Page<ExperimentFolder>(folders);
    }

    /// <summary>Names of active experiments below a folder, sorted, however many there are; a statement reads some of them.</summary>
    /// <param name="cursor">Path of a folder; what lies in it and before it is left out.</param>
    private static IEnumerable<string> Names(ReadTx tx, Caller caller, string path, string? cursor)
    {
        var from = cursor is null ? "" : cursor + "0";
        while (true)
        {
            var names = tx.Query(
                $"""
                SELECT e.name FROM tracking_experiments e
                WHERE e.workspace = {caller.Workspace}{caller.Reach(Permissions.ExperimentsRead).And(tx.Dialect, "e.experiment_id", numbers: true)} AND e.deleted = 0 {Below(path)} AND e.name >= {from}
                ORDER BY e.name LIMIT {Limits.QueryRows}
                """, row => row.GetString(0));
            foreach (var name in names) { yield return name; }

            if (names.Count < Limits.QueryRows) { yield break; }

            // What sorts next after it: no text holds U+0000.
            from = names[^1] + "\u0001";
        }
    }
}
