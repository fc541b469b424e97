using System.Data.Common;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace Slipway.Kernel;

/// <summary>Brings a database to this version: every module's numbered schema files, each once, in order, under a lock.</summary>
public static class SchemaUpgrade
{
    /// <exception cref="SchemaException">The database is newer than this program, or a file that ran already has changed.</exception>
    public static async Task Run(Db db, IEnumerable<Assembly> assemblies, CancellationToken ct)
    {
        var files = assemblies.SelectMany(Files).ToList();
        try { await CreateList(db, ct); }
        catch (DbException)
        {
            // PostgreSQL's IF NOT EXISTS does not wait for another server that makes the table just now: by then it has.
            await CreateList(db, ct);
        }

        // One transaction for all: the insert of the lock row makes two servers that start together run one after the other, and a failed file leaves nothing behind.
        await db.Write(tx => Apply(tx, files), ct);
    }

    private static Task CreateList(Db db, CancellationToken ct) => db.Write(
        tx => tx.Session.Script(tx.Dialect.Schema("""
            CREATE TABLE IF NOT EXISTS kernel_schema (
                module TEXT NOT NULL, number BIGINT NOT NULL, name TEXT NOT NULL, checksum TEXT NOT NULL, applied_ms BIGINT NOT NULL,
                PRIMARY KEY (module, number))
            """)), ct);

    private static void Apply(WriteTx tx, List<SchemaFile> files)
    {
        tx.Execute($"INSERT INTO kernel_schema (module, number, name, checksum, applied_ms) VALUES ('lock', 0, 'lock', '', {tx.Clock.NowMs()}) ON CONFLICT (module, number) DO UPDATE SET applied_ms = EXCLUDED.applied_ms");
        var done = tx.Query(
            $"SELECT module, number, name, checksum FROM kernel_schema WHERE module <> 'lock' LIMIT 10000",
            row => new SchemaFile(row.GetString(0), row.GetInt64(1), row.GetString(2), "", row.GetString(3)));

        foreach (var old in done)
        {
            var ours = files.Find(file => file.Module == old.Module && file.Number == old.Number)
                ?? throw new SchemaException($"The database is newer than this program: it holds {old.Module}/{old.Name}, which this version does not know. Start the version that wrote it, or a later one.");
            if (ours.Checksum != old.Checksum)
            {
                throw new SchemaException($"The schema file {old.Module}/{old.Name} ran on this database with another content; schema files are append-only. Restore it and add a new file.");
            }
        }

        foreach (var file in files.Where(file => !done.Exists(old => old.Module == file.Module && old.Number == file.Number)))
        {
            tx.Session.Script(tx.Dialect.Schema(file.Text));
            tx.Execute($"INSERT INTO kernel_schema (module, number, name, checksum, applied_ms) VALUES ({file.Module}, {file.Number}, {file.Name}, {file.Checksum}, {tx.Clock.NowMs()})");
        }
    }

    private static IEnumerable<SchemaFile> Files(Assembly assembly) => assembly.GetManifestResourceNames()
        .Where(name => name.EndsWith(".sql", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal)
        .Select(name =>
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            var text = reader.ReadToEnd();
            var parts = name.Split('/');
            return new SchemaFile(parts[0], long.Parse(parts[1][..4], null), parts[1], text, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))));
        });

    private sealed record SchemaFile(string Module, long Number, string Name, string Text, string Checksum);
}

public sealed class SchemaException(string message) : Exception(message);
