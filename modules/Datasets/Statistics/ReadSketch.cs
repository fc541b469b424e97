using System.Text.Json;
using Slipway.Datasets.Ports;
using Slipway.Datasets.Tables;
using Slipway.Kernel;
using Slipway.Kernel.Contracts;

namespace Slipway.Datasets.Statistics;

/// <summary>Reads the sketch of a stored table, by way of its profile.</summary>
internal sealed class ReadSketch(Db db, IBlobStore blobs, ProfileTable profiles)
{
    public async Task<Result<TableSketch>> Handle(Caller caller, string digest, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.Read) is { } denied) { return denied; }

        // A profile that is there is read without a bench.
        var known = (await db.Read(tx => TableStore.Find(tx, caller.Workspace, digest), ct))?.ProfileDigest;
        Problem? problem = null;
        if (known is null && (await profiles.Handle(caller, digest, ct)).Fails(out problem, out known)) { return problem; }

        var profile = JsonSerializer.Deserialize<TableProfile>(await Bytes(known, ct), WireJson.Options);
        return profile is { Format: TableProfile.CurrentFormat }
            ? TableSketch.Parse(await Bytes(profile.Sketch, ct))
            : Problem.Conflict("profile_outdated", $"The profile of this table is a '{profile?.Format}', which has no sketch; add the dataset again to have one ('{TableProfile.CurrentFormat}').");
    }

    private async Task<byte[]> Bytes(string digest, CancellationToken ct)
    {
        using var bytes = new MemoryStream();
        await blobs.CopyTo(digest, null, bytes, ct);
        return bytes.ToArray();
    }
}
