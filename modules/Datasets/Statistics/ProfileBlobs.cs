using System.Text.Json;
using Slipway.Datasets.Contracts;
using Slipway.Datasets.Engine;
using Slipway.Datasets.Profile;
using Slipway.Datasets.Tables;
using Slipway.Kernel;
using Slipway.Kernel.Contracts;

namespace Slipway.Datasets.Statistics;

/// <summary>Stores the profile of a table on a bench: its sketch, and the figures that name it.</summary>
internal sealed class ProfileBlobs(IBlobStore blobs)
{
    /// <returns>The digest of the <see cref="TableProfile"/>.</returns>
    public async Task<string> Put(Workbench bench, TypedTable table, IReadOnlyList<DatasetColumnView> schema, CancellationToken ct)
    {
        var sketch = await Put((await TableProfiler.Run(bench, table, null, ct)).ToJson(), ct);
        return await Put(JsonSerializer.SerializeToUtf8Bytes(new TableProfile(TableProfile.CurrentFormat, table.Rows, schema, sketch), WireJson.Options), ct);
    }

    private async Task<string> Put(byte[] content, CancellationToken ct)
    {
        using var stream = new MemoryStream(content);
        return (await blobs.Put(stream, ct)).Digest;
    }
}
