using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Kernel;
using Slipway.Registry.Contracts;

namespace Slipway.Registry.Cards;

/// <summary>What differs between two versions of a model, from their records.</summary>
internal sealed class DiffVersions(ReadRecords records)
{
    public static void Map(RouteGroupBuilder models) => models
        .MapGet("/{name}/diff", async (string name, long from, long to, Caller caller, DiffVersions handler, CancellationToken ct) =>
            (await handler.Handle(caller, name, from, to, ct)).ToHttp())
        .WithName("DiffModelVersions").Needs(Permissions.ModelsRead)
        .Produces<VersionDiff>().ProducesProblem(404);

    public async Task<Result<VersionDiff>> Handle(Caller caller, string model, long from, long to, CancellationToken ct)
    {
        if ((await records.Handle(caller, model, from, ct)).Fails(out var problem, out var before)) { return problem; }

        if ((await records.Handle(caller, model, to, ct)).Fails(out problem, out var after)) { return problem; }

        var (rows, same) = Compare(Statements.Of(before), Statements.Of(after));
        return new VersionDiff(model, from, to, rows, same);
    }

    /// <summary>Rows by section and then in the order of the newer version, with what is gone at the end; and how many fields are the same.</summary>
    internal static (List<DiffRow> Rows, int Same) Compare(IEnumerable<Statement> from, IEnumerable<Statement> to)
    {
        var before = ByField(from);
        var after = ByField(to);
        var all = after.Keys.Concat(before.Keys.Where(key => !after.ContainsKey(key))).ToList();
        var rows = new List<DiffRow>();
        foreach (var key in all.OrderBy(key => Place(key.Section)))
        {
            var (old, now) = (before.GetValueOrDefault(key), after.GetValueOrDefault(key));
            if (old?.Text == now?.Text && Nullable.Equals(old?.Value, now?.Value)) { continue; }

            rows.Add(new DiffRow(key.Section, key.Field, old?.Text, now?.Text, Change(old?.Value, now?.Value)));
        }

        return (rows, all.Count - rows.Count);
    }

    private static Dictionary<(string Section, string Field), Statement> ByField(IEnumerable<Statement> statements) =>
        statements.GroupBy(statement => (statement.Section, statement.Field)).ToDictionary(same => same.Key, same => same.First());

    private static int Place(string section) => Statements.Sections.TakeWhile(known => known != section).Count();

    // JSON has no NaN and no infinities: such a change is not a number to anybody.
    private static double? Change(double? from, double? to) => to - from is { } change && double.IsFinite(change) ? change : null;
}
