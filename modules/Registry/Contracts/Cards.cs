namespace Slipway.Registry.Contracts;

/// <summary>The card of a version: written by the server from the records, never typed by hand.</summary>
/// <param name="Sections">Always the same ones, in the same order; what is not known says so.</param>
public sealed record ModelCard(IReadOnlyList<CardSection> Sections);

/// <param name="Id">Stable: purpose, model, training-data, evaluation, fairness, findings, limits, provenance.</param>
/// <param name="Text">A paragraph; absent when the figures say all.</param>
/// <param name="Missing">What is not recorded, and what would record it; absent when the section is whole.</param>
public sealed record CardSection(string Id, string Title, IReadOnlyList<CardFigure> Figures, string? Text = null, string? Missing = null);

/// <param name="Value">Ready to read, with its unit.</param>
/// <param name="Evidence">Which record it was read from, such as <c>evaluation</c>.</param>
/// <param name="Digest">SHA-256 of that record.</param>
public sealed record CardFigure(string Label, string Value, string? Evidence = null, string? Digest = null);

/// <summary>What differs between two versions of one model.</summary>
/// <param name="Rows">By section, then by field; what is the same is left out.</param>
/// <param name="Same">Fields that are the same in both.</param>
public sealed record VersionDiff(string Model, long From, long To, IReadOnlyList<DiffRow> Rows, int Same);

/// <param name="Section">digests, signature, features, coefficients, metrics, fairness, data, contract, environment or provenance.</param>
/// <param name="From">Absent = it was not there.</param>
/// <param name="To">Absent = it is gone.</param>
/// <param name="Change">To minus from, where both are numbers.</param>
public sealed record DiffRow(string Section, string Field, string? From = null, string? To = null, double? Change = null);
