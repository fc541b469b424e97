using Slipway.Kernel;

namespace Slipway.Serving;

/// <summary>What the routes and handlers of this module ask for.</summary>
internal static class Permissions
{
    private static readonly Level[] Responsible = [Level.Contributor, Level.Validator, Level.Approver, Level.Admin];

    public static readonly Permission EndpointsRead = new("serving.endpoints.read", "See endpoints, what is deployed under them, and their state.", Permission.Everyone);
    public static readonly Permission EndpointsWrite = new("serving.endpoints.write", "Make and delete endpoints, deploy versions, change their shares, promote and resume.", Permission.Writers);
    public static readonly Permission EndpointsStop = new("serving.endpoints.stop", "Halt a rollout, roll back, use the kill switch and release it.", Responsible);
    public static readonly Permission Predict = new("serving.predictions.make", "Ask an endpoint for predictions.", [Level.Viewer, Level.Member, .. Responsible]);
    public static readonly Permission PredictionsRead = new("serving.predictions.read", "See single predictions with their inputs.", [.. Responsible, Level.Auditor]);

    public static readonly IReadOnlyList<Permission> All = [EndpointsRead, EndpointsWrite, EndpointsStop, Predict, PredictionsRead];
}
