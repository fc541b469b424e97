using Slipway.Kernel;
using Slipway.Serving.Deployments;
using Slipway.Serving.Ports;

namespace Slipway.Serving.Endpoints;

internal sealed class EndpointsPort(HaltRollout halt, RollBack rollBack, StopEndpoint stop) : IEndpoints
{
    public IReadOnlyList<EndpointState> List(ReadTx tx, Caller caller) =>
        [.. EndpointStore.List(tx, caller.Workspace, "", Limits.EndpointsPerWorkspace, caller.Open(ObjectRef.Model)).Select(endpoint => endpoint.ToState())];

    public EndpointState? Find(ReadTx tx, Caller caller, string endpoint) => EndpointStore.Find(tx, caller, endpoint)?.ToState();

    public EndpointState? FindForServer(ReadTx tx, string workspace, string endpoint) => EndpointStore.FindForServer(tx, workspace, endpoint)?.ToState();

    public Task<Result<EndpointState>> Halt(Caller caller, string endpoint, string reason, CancellationToken ct) => halt.Handle(caller, endpoint, reason, ct);

    public Task<Result<EndpointState>> RollBack(Caller caller, string endpoint, string reason, CancellationToken ct) => rollBack.Handle(caller, endpoint, null, reason, ct);

    public Task<Result<EndpointState>> RollBack(Caller caller, string endpoint, long version, string reason, CancellationToken ct) => rollBack.Handle(caller, endpoint, version, reason, ct);

    public Task<Result<EndpointState>> Stop(Caller caller, string endpoint, string reason, CancellationToken ct) => stop.Handle(caller, endpoint, reason, ct);
}
