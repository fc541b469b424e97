using Microsoft.AspNetCore.Http;

namespace Slipway.Kernel;

/// <summary>Endpoint metadata of a foreign protocol: refusals and failures of its routes are written in its own form instead of RFC 9457.</summary>
public sealed record ProblemWriter(Func<HttpContext, Problem, Task> Write);

/// <summary>The workspace that the URL's prefix (<c>/w/{name}</c>) or the MLflow header asked for; null = none, so the key's home or <c>default</c> applies.</summary>
public sealed record RequestedWorkspace(string? Name);
