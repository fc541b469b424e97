using Npgsql;

namespace Slipway.Kernel;

/// <summary>Reads <c>postgres://user:password@host:port/database?sslmode=require</c> (libpq's URI form) as Npgsql wants it.</summary>
internal static class PostgresUrl
{
    /// <exception cref="FormatException">It is no such URL.</exception>
    public static string ToConnectionString(string database)
    {
        if (!database.Contains("://", StringComparison.Ordinal)) { return database; }

        if (!Uri.TryCreate(database, UriKind.Absolute, out var url))
        {
            throw new FormatException("The database URL cannot be read; it looks like postgres://user:password@host:5432/database.");
        }

        var user = url.UserInfo.Split(':', 2);
        var settings = new NpgsqlConnectionStringBuilder
        {
            Host = url.Host,
            Port = url.Port > 0 ? url.Port : 5432,
            Username = Uri.UnescapeDataString(user[0]),
            Password = user.Length > 1 ? Uri.UnescapeDataString(user[1]) : null,
            Database = Uri.UnescapeDataString(url.AbsolutePath.TrimStart('/')),
        };
        foreach (var pair in url.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split('=', 2);
            settings[parts[0] == "sslmode" ? "SSL Mode" : parts[0]] = Uri.UnescapeDataString(parts.ElementAtOrDefault(1) ?? "");
        }

        return settings.ToString();
    }
}
