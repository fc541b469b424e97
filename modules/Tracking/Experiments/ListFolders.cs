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
        .MapGet("/folders", async (string? path, Caller caller, ListFolders handler, CancellationToken ct) => (await handler.Handle(caller, path ?? "", ct)).ToHttp())
        .WithName(nameof(ListFolders)).Needs(Permissions.ExperimentsRead)
        .Produces<Page<ExperimentFolder>>().ProducesProblem(400);

    /// <summary>The names below a folder as a condition on <c>e.name</c>; empty = all.</summary>
    public static Sql Below(string folder) => folder.Length == 0
        ? Sql.Empty
        // Names are compared by bytes, and '0' is the byte after '/'.
        : $"AND e.name > {folder + "/"} AND e.name < {folder + "0"}";

    /// <param name="names">Of experiments below the folder, sorted.</param>
    /// <param name="folder">Empty = the top.</param>
    public static List<ExperimentFolder> Of(IEnumerable<string> names, string folder)
    {
        var start = folder.Length == 0 ? 0 : folder.Length + 1;
        var folders = new List<ExperimentFolder>();
        foreach (var name in names)
        {
            // From the second character: a name may begin with a slash.
            var slash = name.Length > start + 1 ? name.IndexOf('/', start + 1) : -1;
            // A name that ends there lies in no folder.
            if (slash < 0 || slash == name.Length - 1) { continue; }

            var next = name.Length > slash + 2 ? name.IndexOf('/', slash + 2) : -1;
            var deeper = next > 0 && next < name.Length - 1;
            var path = name[..slash];
            if (folders.Count > 0 && folders[^1].Path == path) { folders[^1] = folders[^1] with { Experiments = folders[^1].Experiments + 1, HasFolders = folders[^1].HasFolders || deeper }; }
            else { folders.Add(new ExperimentFolder(path, path[start..], 1, deeper)); }
        }

        return folders;
    }

    private async Task<Result<Page<ExperimentFolder>>> Handle(Caller caller, string path, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.ExperimentsRead) is { } denied) { return denied; }

        if (path.Length > ValueLimits.ExperimentNameChars) { return Problem.Invalid("path", $"'path' has {path.Length} characters; names of experiments have at most {ValueLimits.ExperimentNameChars}."); }

        var names = await db.Read(tx => tx.Query(
            $"SELECT e.name FROM tracking_experiments e WHERE e.workspace = {caller.Workspace}{caller.Reach(Permissions.ExperimentsRead).And(tx.Dialect, "e.experiment_id", numbers: true)} AND e.deleted = 0 {Below(path)} ORDER BY e.name LIMIT {Limits.QueryRows}", row => row.GetString(0)), ct);
        return new Page<ExperimentFolder>(Of(names, path));
    }
}
