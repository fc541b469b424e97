using System.Reflection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Slipway.Kernel;
using Slipway.Server.Contracts;

namespace Slipway.Server;

/// <summary>What load balancers, operators and clients ask before anything else.</summary>
internal static class Health
{
    public static readonly string Version =
        typeof(Health).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    public static void Map(IEndpointRouteBuilder routes)
    {
        const string why = "asked by load balancers and clients before they have credentials";
        // Plain text, as MLflow's clients expect it.
        routes.MapGet("/health", () => Results.Text("OK")).OpenToAll(why).ExcludeFromDescription();
        routes.MapGet("/health/live", () => Results.Text("OK")).OpenToAll(why).ExcludeFromDescription();
        routes.MapGet("/health/ready", Ready).OpenToAll(why).ExcludeFromDescription();
        routes.MapGet("/version", () => Results.Text(Version)).OpenToAll(why).ExcludeFromDescription();
    }

    /// <summary>200 when a write reaches the disk, 503 with the reason otherwise; says nothing that a stranger could use.</summary>
    private static async Task<IResult> Ready(Db db, DbProbe probe, CancellationToken ct)
    {
        var fault = await probe.Fault(ct);
        return Results.Json(new ReadyView(fault is null, db.Dialect.Name, fault), statusCode: fault is null ? 200 : 503);
    }
}

/// <summary>Tries a write at most once a second, however often it is asked.</summary>
internal sealed class DbProbe(Db db, TimeProvider clock) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);
    private long _checkedMs;
    private string? _fault;

    public void Dispose() => _one.Dispose();

    /// <summary>Why a write does not reach the disk, or null when it does; a second old at most.</summary>
    public async Task<string?> Fault(CancellationToken ct)
    {
        await _one.WaitAsync(ct);
        try
        {
            if (clock.NowMs() - _checkedMs < 1_000) { return _fault; }

            _checkedMs = clock.NowMs();
            try
            {
                // Any write that always changes a row; the kernel's tables are its own.
                await db.Write(tx => Leases.TryTake(tx, "health", "", 0), ct);
                _fault = null;
            }
            catch (StorageException error) { _fault = error.DiskFull ? "the disk is full" : "the database does not take writes"; }
            catch (OverloadedException) { _fault = "too many writes wait"; }

            return _fault;
        }
        finally { _one.Release(); }
    }
}
