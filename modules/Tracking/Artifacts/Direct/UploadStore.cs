using Slipway.Kernel;

namespace Slipway.Tracking.Artifacts.Direct;

/// <summary>An upload on signed addresses: bound to one place and one principal when it was begun.</summary>
/// <param name="UploadId">What the client calls it.</param>
/// <param name="OwnerId">The run or logged model.</param>
/// <param name="StoreKey">Where it lies in the bucket until it is complete.</param>
/// <param name="StoreId">The store's name of it.</param>
/// <param name="Digest">Null until it has become an artifact.</param>
internal sealed record Upload(string UploadId, string Workspace, string OwnerId, string Path, string PrincipalId, string StoreKey, string StoreId, int Parts, long ExpiresMs, string? Digest)
{
    public DirectUpload Stored => new(StoreKey, StoreId, []);
}

internal static class UploadStore
{
    public static void Insert(WriteTx tx, Upload upload) => tx.Execute(
        $"""
        INSERT INTO tracking_uploads (upload_id, workspace, owner_id, path, principal_id, store_key, store_id, part_count, expires_ms, holder, held_until_ms)
        VALUES ({upload.UploadId}, {upload.Workspace}, {upload.OwnerId}, {upload.Path}, {upload.PrincipalId}, {upload.StoreKey}, {upload.StoreId}, {upload.Parts}, {upload.ExpiresMs}, '', 0)
        """);

    /// <summary>Only the one who began it finds it, in its workspace and at its place.</summary>
    public static Upload? Find(ReadTx tx, Caller caller, string uploadId, string ownerId, string path) => tx.QueryOne(
        $"""
        SELECT upload_id, workspace, owner_id, path, principal_id, store_key, store_id, part_count, expires_ms, digest FROM tracking_uploads
        WHERE upload_id = {uploadId} AND workspace = {caller.Workspace} AND principal_id = {caller.Id} AND owner_id = {ownerId} AND path = {path}
        """, Read);

    public static long CountOpen(ReadTx tx, Caller caller) => tx.QueryOne(
        $"SELECT COUNT(*) FROM tracking_uploads WHERE workspace = {caller.Workspace} AND principal_id = {caller.Id} AND digest IS NULL", row => row.GetInt64(0));

    /// <summary>True when <paramref name="holder"/> may put the parts together until then; false when another does, or it is done.</summary>
    public static bool TryHold(WriteTx tx, string uploadId, string holder, long untilMs) => tx.Execute(
        $"""
        UPDATE tracking_uploads SET holder = {holder}, held_until_ms = {untilMs}
        WHERE upload_id = {uploadId} AND digest IS NULL AND (holder = {holder} OR held_until_ms < {tx.Clock.NowMs()})
        """) == 1;

    public static bool IsDone(ReadTx tx, string uploadId) => tx.QueryOne($"SELECT digest FROM tracking_uploads WHERE upload_id = {uploadId}", row => !row.IsDBNull(0));

    public static void LetGo(WriteTx tx, string uploadId, string holder) => tx.Execute(
        $"UPDATE tracking_uploads SET held_until_ms = 0 WHERE upload_id = {uploadId} AND holder = {holder}");

    /// <summary>The row stays until it expires, so that a client that missed the answer may ask again.</summary>
    public static void Finish(WriteTx tx, string uploadId, string digest) => tx.Execute($"UPDATE tracking_uploads SET digest = {digest} WHERE upload_id = {uploadId}");

    /// <summary>False when it is not there, or is being put together just now.</summary>
    public static bool Delete(WriteTx tx, string uploadId) => tx.Execute(
        $"DELETE FROM tracking_uploads WHERE upload_id = {uploadId} AND held_until_ms < {tx.Clock.NowMs()}") == 1;

    public static List<Upload> Expired(ReadTx tx, long nowMs, int limit) => tx.Query(
        $"""
        SELECT upload_id, workspace, owner_id, path, principal_id, store_key, store_id, part_count, expires_ms, digest FROM tracking_uploads
        WHERE expires_ms < {nowMs} ORDER BY expires_ms LIMIT {limit}
        """, Read);

    private static Upload Read(System.Data.Common.DbDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5), row.GetString(6), (int)row.GetInt64(7), row.GetInt64(8),
        row.IsDBNull(9) ? null : row.GetString(9));
}
