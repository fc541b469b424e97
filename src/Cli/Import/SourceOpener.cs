using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;
using Slipway.Client;

namespace Slipway.Cli.Import;

/// <summary>Opens what <c>--from</c> names.</summary>
internal static class SourceOpener
{
    /// <param name="from">An address, a PostgreSQL URL, a SQLite file (also as <c>sqlite:///file</c>) or a folder.</param>
    /// <param name="key">For a server that asks for one; null = none.</param>
    /// <exception cref="SourceException">It cannot be opened, with what would be right.</exception>
    public static async Task<IMlflowSource> Open(string from, string? key, string? user, CancellationToken ct)
    {
        if (Uri.TryCreate(from, UriKind.Absolute, out var address) && address.Scheme is "http" or "https")
        {
            return await ServerSource.Open(address, new SlipwayClientOptions { Server = new Uri(address, "/"), Key = key, User = user }, ct);
        }

        try
        {
            if (from.StartsWith("postgres", StringComparison.Ordinal) && from.Contains("://", StringComparison.Ordinal)) { return await Postgres(from, ct); }

            var path = from.StartsWith("sqlite:///", StringComparison.Ordinal) ? from["sqlite:///".Length..] : from;
            if (File.Exists(path)) { return await Sqlite(Path.GetFullPath(path), ct); }

            return Directory.Exists(path) ? FileSource.Open(path)
                : throw new SourceException($"'{from}' is neither an address, a PostgreSQL URL (postgresql://user:password@host/database), nor a file or folder that is there.");
        }
        catch (DbException error) { throw new SourceException($"{Shown(from)} cannot be opened: {error.Message}"); }
    }

    /// <summary>What relative addresses of artifacts begin at.</summary>
    public static string Base(string from)
    {
        var path = from.StartsWith("sqlite:///", StringComparison.Ordinal) ? from["sqlite:///".Length..] : from;
        return Directory.Exists(path) ? Path.GetDirectoryName(Path.GetFullPath(path).TrimEnd('/')) ?? "/"
            : File.Exists(path) ? Path.GetDirectoryName(Path.GetFullPath(path))!
            : Directory.GetCurrentDirectory();
    }

    /// <summary>The folder of a source that is one, or of a file; null for a server or a database on one.</summary>
    public static string? Root(string from)
    {
        var path = from.StartsWith("sqlite:///", StringComparison.Ordinal) ? from["sqlite:///".Length..] : from;
        return Directory.Exists(path) ? Path.GetFullPath(path) : File.Exists(path) ? Path.GetDirectoryName(Path.GetFullPath(path)) : null;
    }

    private static async Task<SqlSource> Sqlite(string path, CancellationToken ct)
    {
        SQLitePCL.Batteries_V2.Init();
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        await connection.OpenAsync(ct);
        return await SqlSource.Open(path, connection, ct);
    }

    private static async Task<SqlSource> Postgres(string from, CancellationToken ct)
    {
        // SQLAlchemy's form names a driver: postgresql+psycopg2://.
        if (!Uri.TryCreate("postgresql" + from[from.IndexOf("://", StringComparison.Ordinal)..], UriKind.Absolute, out var url)) { throw new SourceException("The PostgreSQL URL cannot be read; it looks like postgresql://user:password@host:5432/database."); }

        var user = url.UserInfo.Split(':', 2);
        var settings = new NpgsqlConnectionStringBuilder
        {
            Host = url.Host, Port = url.Port > 0 ? url.Port : 5432, Username = user[0].Length > 0 ? Uri.UnescapeDataString(user[0]) : null, Password = user.Length > 1 ? Uri.UnescapeDataString(user[1]) : null,
            Database = Uri.UnescapeDataString(url.AbsolutePath.TrimStart('/')), Pooling = false, ApplicationName = "slipway import",
        };
        var connection = new NpgsqlConnection(settings.ToString());
        await connection.OpenAsync(ct);
        return await SqlSource.Open($"postgresql://{url.Host}:{settings.Port}/{settings.Database}", connection, ct);
    }

    // A password is not shown.
    private static string Shown(string from) => Uri.TryCreate(from, UriKind.Absolute, out var url) && url.UserInfo.Length > 0 ? from.Replace(url.UserInfo + "@", "", StringComparison.Ordinal) : from;
}
