using System.Text.Json;

namespace Slipway.Kernel.Contracts;

/// <summary>One thing that happened in a workspace.</summary>
/// <param name="Position">Its place in the server's one order of facts; the cursor of the list.</param>
/// <param name="Kind">Such as <c>run.finished</c>.</param>
/// <param name="Subject">Kind and id of what it is about, such as <c>run/0192…</c>.</param>
/// <param name="By">Id of the principal who caused it.</param>
/// <param name="Detail">The fact itself; its fields depend on the kind.</param>
public sealed record ActivityView(long Position, string Kind, long AtMs, string Subject, string By, JsonElement Detail);
