namespace Slipway.Kernel;

/// <summary>One object that a grant can name by itself.</summary>
/// <param name="Kind">What stands in the resource: <see cref="Experiment"/> or <see cref="Model"/>.</param>
/// <param name="Id">An experiment's decimal id, a model's name.</param>
public sealed record ObjectRef(string Workspace, string Kind, string Id)
{
    public const string Experiment = "experiment";
    public const string Model = "model";

    /// <summary><c>workspace/W/experiment/12</c>.</summary>
    public string Resource => $"workspace/{Workspace}/{Kind}/{Id}";

    /// <summary>The object that a resource names; null when it names a workspace, the server or nothing.</summary>
    public static ObjectRef? Parse(string resource) =>
        resource.Split('/', 4) is ["workspace", { Length: > 0 } workspace, { Length: > 0 } kind, { Length: > 0 } id] ? new ObjectRef(workspace, kind, id) : null;
}
