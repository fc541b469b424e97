using Slipway.Governance.Ports;
using Slipway.Registry.Ports;

namespace Slipway.Serving.Endpoints;

/// <summary>Whether an approval is about what was deployed. A model that is deleted and registered anew counts its versions from 1 again, so the number alone does not say. Pure.</summary>
internal static class ApprovedBytes
{
    /// <summary>True when it is the same evidence, or after a renewed approval the same model, contract, training data and decision.</summary>
    /// <param name="identity">The version that has the number now, asked for only when the evidence is another; null = there is none.</param>
    public static bool Cover(ApprovalState state, Deployment deployment, Func<VersionIdentity?> identity)
    {
        if (state.EvidenceDigest is { } evidence && evidence == deployment.EvidenceDigest) { return true; }

        return identity() is { Digests: var digests }
            && digests.Model == deployment.ModelDigest && digests.Contract == deployment.ContractDigest && digests.Training == deployment.TrainingDigest
            && state.Decision == new ApprovedDecision(deployment.Threshold, deployment.AtOrAbove, deployment.Below);
    }
}
