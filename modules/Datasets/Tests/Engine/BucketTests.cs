using System.Security.Cryptography;

namespace Slipway.Datasets.Tests.Engine;

/// <summary>DuckDB works on files: those of a bucket are brought to it checked, and taken back.</summary>
public sealed class BucketTests
{
    [Fact]
    public async Task A_dataset_in_a_bucket_is_taken_in_read_and_given_out_as_one_in_a_folder()
    {
        await using var house = await House.Open(TestDatabase.Sqlite, change: (await TestBucket.Open()).Use);

        var version = await house.Add("t", "a,b\n1,x\n2,y\n");
        var table = await house.Port.Read(House.Caller, version.Digest, null, default);
        var file = await house.Server.Http.GetByteArrayAsync("/api/v1/w/default/datasets/t/versions/1/content");

        Assert.Equal(2, table.Value.Rows);
        Assert.Equal(version.Digest, Convert.ToHexStringLower(SHA256.HashData(file)));
        Assert.False(Directory.Exists(Path.Combine(house.Server.Folder, "blobs")));
    }
}
