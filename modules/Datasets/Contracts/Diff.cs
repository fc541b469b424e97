namespace Slipway.Datasets.Contracts;

/// <summary>What differs between two versions of a dataset.</summary>
/// <param name="Rows">In the order of sections <c>table</c>, <c>schema</c>, <c>statistics</c>; empty when nothing differs.</param>
public sealed record DatasetDiffView(DatasetVersionView From, DatasetVersionView To, IReadOnlyList<DatasetDiffRow> Rows);

/// <summary>One difference.</summary>
/// <param name="Section"><c>table</c>: rows, contract, content. <c>schema</c>: columns, types, units, rules. <c>statistics</c>: figures of values.</param>
/// <param name="Field">Such as <c>rows</c> or <c>pay.mean</c>.</param>
/// <param name="From">Absent when it was not there.</param>
/// <param name="To">Absent when it is gone.</param>
/// <param name="Note">What it probably means, such as a change of unit.</param>
public sealed record DatasetDiffRow(string Section, string Field, string? From = null, string? To = null, string? Note = null);
