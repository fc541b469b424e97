using Microsoft.AspNetCore.Http;

namespace Slipway.Tracking.Ports;

/// <summary>Sends files of runs and logged models for later rooms, as this room's own routes send them. Thread safe.</summary>
public interface IRunFiles
{
    /// <summary>The file as an attachment that no browser runs, whole or the range that is asked for; its bytes are checked against its digest.</summary>
    /// <param name="file">As a port gave it to this caller: there the permission was asked for.</param>
    IResult Send(RunFile file);
}
