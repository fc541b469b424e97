using Slipway.Datasets.Checks;
using Slipway.Datasets.Contracts;
using Slipway.Datasets.Engine;
using Slipway.Datasets.Tables;
using Slipway.Datasets.Versions;
using Slipway.Kernel;

namespace Slipway.Datasets.Ingest;

/// <summary>A file on a bench: typed, and compared with its contract.</summary>
/// <param name="Report">Null without a contract.</param>
internal sealed record OpenedFile(TypedTable Table, ReadContract? Contract, CheckReport? Report)
{
    /// <summary>Loads <see cref="SourceFile.Name"/>. What the engine refuses is thrown as its exception.</summary>
    public static async Task<Result<OpenedFile>> Open(Workbench bench, string format, ReadContract? contract, CancellationToken ct)
    {
        if ((await SourceFile.Load(bench, format, ct)).Fails(out var problem, out var columns)) { return problem; }

        var table = await TypedTable.Open(bench, columns, contract?.Contract, ct);
        return new OpenedFile(table, contract, contract is null ? null : await ContractCheck.Run(bench, table, contract.Contract, contract.Digest, ct));
    }

    public DatasetVerdict Verdict => Report is null ? DatasetVerdict.Unchecked
        : Report.Verdicts.Any(verdict => verdict.State == VerdictState.Warning) ? DatasetVerdict.Warning
        : DatasetVerdict.Passed;

    /// <summary>The refusal of a file that breaks its contract; null when it keeps it.</summary>
    public Problem? Refusal() => Report is { Passed: false } report ? Violations.Problem(report, Contract!.View) : null;

    /// <summary>The columns with what is known of them.</summary>
    public IReadOnlyList<DatasetColumnView> Schema(IReadOnlyList<ColumnStatisticsView> statistics) =>
    [
        .. Table.Columns.Select((column, i) =>
        {
            var promise = Contract?.Contract.Find(column.Name);
            return new DatasetColumnView(
                column.Name, column.Target, column.Kind, statistics[i], promise?.Unit?.Text, promise?.QuantityKind, promise?.Description, promise?.Required ?? false, promise?.Unique ?? false);
        }),
    ];
}
