namespace Slipway.Kernel.Contracts;

/// <summary>RFC 9457 problem details, with our stable <see cref="Code"/> and the request's id.</summary>
/// <param name="Type">URN of the kind of problem.</param>
/// <param name="Detail">One sentence: what was wrong, with which value, what would be right.</param>
/// <param name="Field">The field at fault, when it is one.</param>
/// <param name="Errors">Every fault, when the input has several.</param>
/// <param name="Evidence">What was found, when a sentence cannot hold it; its shape follows from <paramref name="Code"/>.</param>
public sealed record ProblemView(
    string Type, string Title, int Status, string Detail, string Code, string RequestId, string? Field = null, IReadOnlyList<FaultView>? Errors = null,
    System.Text.Json.JsonElement? Evidence = null);

public sealed record FaultView(string Field, string Detail);
