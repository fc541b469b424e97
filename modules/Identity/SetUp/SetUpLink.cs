using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Slipway.Identity.Grants;
using Slipway.Identity.People;
using Slipway.Kernel;

namespace Slipway.Identity.SetUp;

/// <summary>At each start in required mode while nobody could sign in: a new one-time link in the server's log. There is no default password.</summary>
internal sealed partial class SetUpLink(Db db, ServerAddresses addresses, TimeProvider clock, ILogger<SetUpLink> log) : IHostedLifecycleService
{
    /// <summary>What was printed at this start; null when nothing was needed.</summary>
    public OneTimeLink? Printed { get; private set; }

    /// <summary>Once the server listens, so that the link works when it is read.</summary>
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        if (addresses.LocalMode) { return; }

        var link = OneTimeLink.Create(clock, OneTimeLink.SetUpLife);
        var needed = await db.Write(tx =>
        {
            if (GrantStore.AnyAdmin(tx)) { return false; }

            InvitationStore.Insert(tx, link, null, clock.NowMs());
            return true;
        }, cancellationToken);
        if (!needed) { return; }

        Printed = link;
        Needed(link.Url(addresses.PublicUrl), (int)OneTimeLink.SetUpLife.TotalMinutes);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(Level = LogLevel.Warning, Message = "Nobody can sign in yet. Make the first administrator within {Minutes} minutes at {Url}")]
    private partial void Needed(string url, int minutes);
}
