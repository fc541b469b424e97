using Slipway.Kernel;
using Slipway.Serving.Contracts;
using Slipway.Serving.Endpoints;

namespace Slipway.Serving.Live;

/// <summary>What a process said that it has loaded.</summary>
/// <param name="Digest">SHA-256 of the loaded bytes; null when they could not be loaded.</param>
internal sealed record SeenReplica(string Deployment, string Replica, string? Digest, string? Fault, long Predictions, long SeenMs);

/// <summary>Each process attests what it has loaded by the digest that it took itself, so that a page can say whether what runs is what was approved.</summary>
internal sealed class Replicas(Db db, LiveEndpoints live, TimeProvider clock)
{
    /// <summary>Who has said nothing for so long is gone.</summary>
    public const long AliveMs = 20_000;
    private const int MostFaultChars = 500;
    private readonly string _me = Ids.New(clock);
    private readonly long _startedMs = clock.NowMs();

    /// <summary>Writes what this process has loaded and answered.</summary>
    public Task Attest(CancellationToken ct)
    {
        List<LiveEndpoint> endpoints = [.. live.All];
        List<LiveDeployment> deployments = [.. endpoints.SelectMany(endpoint => endpoint.Deployments)];
        return db.Append(tx =>
        {
            var now = tx.Clock.NowMs();
            tx.Execute($"DELETE FROM serving_replicas WHERE seen_ms < {now - AliveMs} OR replica = {_me}");
            tx.Execute($"DELETE FROM serving_counts WHERE seen_ms < {now - AliveMs} OR replica = {_me}");
            tx.ExecuteRows(
                deployments, one => $"({_me}, {one.Row.Id}, {one.Model?.Digest}, {Short(one.Fault?.Detail)}, {one.Predictions}, {_startedMs}, {now})",
                rows => $"INSERT INTO serving_replicas (replica, deployment_id, digest, fault, predictions, started_ms, seen_ms) VALUES {rows} ON CONFLICT (replica, deployment_id) DO NOTHING");
            tx.ExecuteRows(
                endpoints, one => $"({_me}, {one.Id}, {one.Counts.Requests}, {one.Counts.Refused}, {one.Counts.Failed}, {one.Counts.Predictions}, {now})",
                rows => $"INSERT INTO serving_counts (replica, endpoint_id, requests, refused, failed, predictions, seen_ms) VALUES {rows} ON CONFLICT (replica, endpoint_id) DO NOTHING");
        }, ct);
    }

    /// <summary>By deployment, of processes that are alive; what this one counts is as of now.</summary>
    public ILookup<string, SeenReplica> Seen(ReadTx tx, IReadOnlyCollection<string> deploymentIds)
    {
        var own = live.All.SelectMany(endpoint => endpoint.Deployments).ToDictionary(deployment => deployment.Row.Id, deployment => deployment.Predictions, StringComparer.Ordinal);
        return tx.Query(
            $"""
            SELECT deployment_id, replica, digest, fault, predictions, seen_ms FROM serving_replicas
            WHERE deployment_id IN (SELECT value FROM {tx.Dialect.TextList(deploymentIds)}) AND seen_ms >= {clock.NowMs() - AliveMs} ORDER BY replica
            """,
            row => new SeenReplica(row.GetString(0), row.GetString(1), row.IsDBNull(2) ? null : row.GetString(2), row.IsDBNull(3) ? null : row.GetString(3), row.GetInt64(4), row.GetInt64(5)))
            .Select(seen => seen.Replica == _me ? seen with { Predictions = own.GetValueOrDefault(seen.Deployment, seen.Predictions) } : seen)
            .ToLookup(seen => seen.Deployment, StringComparer.Ordinal);
    }

    /// <summary>By endpoint, of processes that are alive.</summary>
    public Dictionary<string, EndpointCounts> Counts(ReadTx tx, IReadOnlyCollection<string> endpointIds)
    {
        var others = tx.Query(
            $"""
            SELECT endpoint_id, SUM(requests), SUM(refused), SUM(failed), SUM(predictions) FROM serving_counts
            WHERE endpoint_id IN (SELECT value FROM {tx.Dialect.TextList(endpointIds)}) AND replica <> {_me} AND seen_ms >= {clock.NowMs() - AliveMs} GROUP BY endpoint_id
            """,
            row => (Id: row.GetString(0), Counts: new EndpointCounts(Whole(row, 1), Whole(row, 2), Whole(row, 3), Whole(row, 4)))).ToDictionary(row => row.Id, row => row.Counts, StringComparer.Ordinal);
        foreach (var endpoint in live.All.Where(endpoint => endpointIds.Contains(endpoint.Id)))
        {
            var (there, own) = (others.GetValueOrDefault(endpoint.Id) ?? new EndpointCounts(0, 0, 0, 0), endpoint.Counts);
            others[endpoint.Id] = new EndpointCounts(there.Requests + own.Requests, there.Refused + own.Refused, there.Failed + own.Failed, there.Predictions + own.Predictions, own.MeanMs);
        }

        return others;
    }

    // The sum of integers is a decimal on PostgreSQL.
    private static long Whole(System.Data.Common.DbDataReader row, int place) => Convert.ToInt64(row.GetValue(place), System.Globalization.CultureInfo.InvariantCulture);

    private static string? Short(string? text) => text?.Length > MostFaultChars ? text[..MostFaultChars] : text;
}
