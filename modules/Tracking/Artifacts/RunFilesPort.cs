using Microsoft.AspNetCore.Http;
using Slipway.Tracking.Ports;

namespace Slipway.Tracking.Artifacts;

internal sealed class RunFilesPort(ReadArtifact read) : IRunFiles
{
    public IResult Send(RunFile file) => read.Send(new Artifact(file.Path, file.Digest, file.SizeBytes));
}
