using Slipway.Kernel;
using Slipway.Kernel.Mlflow;

namespace Slipway.Server;

/// <summary>Answers 501 in MLflow's form to what its clients may ask for and no room offers yet, so that they fall back or say why, and do not try again; callers are known first.</summary>
internal static class LaterRoutes
{
    public static readonly Permission Read = new("mlflow.later.read", "Ask by MLflow's protocol for what this server does not offer yet, and hear so.", Permission.Everyone);
    public static readonly Permission Write = new("mlflow.later.write", "Send by MLflow's protocol what this server does not take yet, and hear so.", Permission.Writers);

    private static readonly string[] Addresses = ["/api/", "/ajax-api/"];

    public static void Map(IEndpointRouteBuilder routes)
    {
        foreach (var area in LaterGroups.All)
        {
            foreach (var (method, path) in Routes(area))
            {
                routes.MapOne(method, path, Reads(method, path) ? Read : Write, (context, _, _) => Task.FromResult<Problem?>(new Problem(
                    501, "not_implemented", $"{area.Area}: not offered by this server yet, so it does not take {context.Request.Method} {context.Request.Path}. docs/mlflow.md lists what is spoken.")));
            }
        }
    }

    /// <summary>Method and whole path of each route of a group.</summary>
    public static IEnumerable<(string Method, string Path)> Routes(LaterGroup area) =>
        from line in area.Lines.Split('\n')
        let parts = line.Split(' ', 2)
        from path in parts[1].StartsWith('/') ? [parts[1]] : Addresses.Select(address => address + parts[1])
        select (parts[0], path);

    private static bool Reads(string method, string path) => method == "GET" || path.EndsWith("/search", StringComparison.Ordinal);
}
