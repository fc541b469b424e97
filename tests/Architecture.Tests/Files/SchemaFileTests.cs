using System.Security.Cryptography;
using System.Text;

namespace Slipway.Architecture.Tests;

/// <summary>
/// Schema files are append-only: a database that ran one refuses to start with another. The recorded checksums say which have been let out of the house;
/// <c>./slipway refresh</c> adds new files and never changes a line that is there.
/// </summary>
public sealed class SchemaFileTests
{
    private const string Record = "tests/Architecture.Tests/Files/schema-checksums.txt";

    private static readonly IReadOnlyList<SourceFile> Files =
        [.. Repository.Files(".sql").Where(file => file.Path.Contains("/Schema/", StringComparison.Ordinal) && !file.IsTest)];

    [Fact, Trait("golden", "yes")]
    public void A_recorded_schema_file_has_not_changed_and_a_new_one_is_recorded()
    {
        var recorded = Golden.Refreshing ? Refresh() : Repository.Read(Record);

        Rule.Holds(Faults(Files, recorded));
    }

    [Fact]
    public void Schema_files_are_numbered_from_1_without_gaps() => Rule.Holds(Gaps(Files));

    [Fact]
    public void A_changed_a_lost_an_unrecorded_and_a_misnumbered_file_are_found()
    {
        SourceFile[] files = [new("modules/A/Schema/0001_a.sql", "new"), new("modules/A/Schema/0003_c.sql", "c")];

        Assert.Equal(
            [
                "modules/A/Schema/0001_a.sql has changed; restore it and add a new file",
                "modules/A/Schema/0002_b.sql is gone; databases that ran it need it",
                "modules/A/Schema/0003_c.sql is not recorded; run ./slipway refresh",
            ],
            Faults(files, $"{Sum("old")}  modules/A/Schema/0001_a.sql\n{Sum("b")}  modules/A/Schema/0002_b.sql\n"));
        Assert.Equal(["modules/A/Schema: 1, 3"], Gaps(files));
    }

    private static IEnumerable<string> Faults(IReadOnlyList<SourceFile> files, string record)
    {
        var recorded = Parse(record);
        return recorded.Select(entry => files.FirstOrDefault(file => file.Path == entry.Key) switch
            {
                null => $"{entry.Key} is gone; databases that ran it need it",
                var file when Sum(file.Text) != entry.Value => $"{entry.Key} has changed; restore it and add a new file",
                _ => null,
            })
            .OfType<string>()
            .Concat(files.Where(file => !recorded.ContainsKey(file.Path)).Select(file => $"{file.Path} is not recorded; run ./slipway refresh"));
    }

    private static IEnumerable<string> Gaps(IReadOnlyList<SourceFile> files) =>
        from file in files
        group int.Parse(Path.GetFileName(file.Path)[..4], null) by Path.GetDirectoryName(file.Path) into folder
        let numbers = folder.Distinct().Order().ToList()
        where !numbers.SequenceEqual(Enumerable.Range(1, numbers.Count))
        select $"{folder.Key}: {string.Join(", ", numbers)}";

    private static string Refresh()
    {
        var record = Repository.Exists(Record) ? Repository.Read(Record) : "";
        var known = Parse(record);
        record += string.Concat(Files.Where(file => !known.ContainsKey(file.Path)).Select(file => $"{Sum(file.Text)}  {file.Path}\n"));
        File.WriteAllText(Path.Combine(Repository.Root, Record), record);
        return record;
    }

    private static Dictionary<string, string> Parse(string record) => record.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => line.Split("  ")).ToDictionary(parts => parts[1], parts => parts[0]);

    private static string Sum(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
