namespace Slipway.Kernel;

/// <summary>What truly differs between the two databases; everything else is one text for both. Each method is tested on both.</summary>
public interface ISqlDialect
{
    /// <summary>Name for logs and <c>/health/ready</c>.</summary>
    string Name { get; }

    /// <summary>A schema file in this database's words: <c>BYTES</c>, <c>TEXT</c> ordered by code point, and for what fills a new table <c>JSON_FIELD</c> and <c>INDEX_OF</c> (<see cref="SchemaWords"/>).</summary>
    string Schema(string script);

    /// <summary>A table-valued fragment <c>(…) AS list(value)</c> for <c>IN (SELECT value FROM …)</c>: one statement text whatever the length.</summary>
    Sql TextList(IReadOnlyCollection<string> values);

    /// <summary>As <see cref="TextList"/>, for integers.</summary>
    Sql IntegerList(IReadOnlyCollection<long> values);

    /// <summary>Case-sensitive LIKE of a column fragment (<c>%</c> and <c>_</c> are wildcards, no escape character).</summary>
    Sql Like(Sql column, string pattern);

    /// <summary>LIKE that ignores case (ASCII letters at least).</summary>
    Sql LikeIgnoreCase(Sql column, string pattern);

    /// <summary>Table and column of every column of texts in the database.</summary>
    Sql TextColumns();

    /// <summary>
    /// Ends a SELECT of one table in a write: until the write has ended nobody else changes the rows it found. In an append it waits for who holds them, and finds them as they are then. Nothing where
    /// writes come one after the other anyway.
    /// </summary>
    /// <param name="alone">False = others may hold them, too, as long as nobody changes them; whoever holds rows so must not change them itself, since two of those would wait for each other.</param>
    Sql HoldRows(bool alone = false);

    /// <summary>How many bytes a text column fragment has as UTF-8.</summary>
    Sql Utf8Bytes(Sql column);
}
