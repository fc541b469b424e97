using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Slipway.Webhooks.Deliveries;

/// <summary>The headers by which a receiver knows a delivery and its sender (specification: webhooks).</summary>
internal static class Signature
{
    /// <param name="atMs">The time of this attempt.</param>
    /// <param name="secret">Null = not signed.</param>
    public static IReadOnlyList<KeyValuePair<string, string>> Headers(string deliveryId, long atMs, string body, string? secret)
    {
        var timestamp = (atMs / 1000).ToString(CultureInfo.InvariantCulture);
        List<KeyValuePair<string, string>> headers = [new("X-MLflow-Delivery-Id", deliveryId), new("X-MLflow-Timestamp", timestamp)];
        if (secret is not null) { headers.Add(new("X-MLflow-Signature", Sign(secret, deliveryId, timestamp, body))); }

        return headers;
    }

    /// <summary><c>v1,</c> and the base64 of HMAC-SHA256 over id, timestamp and body with dots between them.</summary>
    public static string Sign(string secret, string deliveryId, string timestamp, string body) =>
        "v1," + Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{deliveryId}.{timestamp}.{body}")));
}
