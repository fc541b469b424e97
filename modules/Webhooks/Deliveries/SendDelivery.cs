using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Slipway.Kernel;
using Slipway.Kernel.Outbound;
using Slipway.Webhooks.Contracts;
using Slipway.Webhooks.Hooks;

namespace Slipway.Webhooks.Deliveries;

/// <summary>
/// One attempt: sends, then notes how it went. A process that dies between the two leaves the delivery to be sent again under the same id; a receiver that must not act
/// twice looks at the id.
/// </summary>
internal sealed partial class SendDelivery(
    Db db, OutboundClient outbound, SecretBox secrets, IOptions<WebhooksOptions> options, IOptions<OutboundOptions> calls, WebhookMetrics metrics, TimeProvider clock, LiveHub live, ILogger<SendDelivery> log)
{
    private const int AnswerBytes = 1_024;

    /// <summary>While an attempt is made, nobody else takes it up for so long: the time of a call, and some to note how it went.</summary>
    public long TakenMs => (calls.Value.TimeoutSeconds + 15) * 1_000L;

    /// <param name="delivery">Taken, its attempts counted.</param>
    /// <returns>The delivery after it.</returns>
    public async Task<Delivery> Attempt(Webhook hook, Delivery delivery, CancellationToken ct)
    {
        var (answer, answered) = await Send(hook, delivery, ct);
        var after = After(delivery, answer, answered);
        await db.Write(tx =>
        {
            if (DeliveryStore.Note(tx, after)) { WebhookStore.Noted(tx, hook.Id, tx.Clock.NowMs(), after.Error); }

            tx.AfterCommit(() => live.Send(new LiveChange("webhook", hook.Workspace, hook.Id)));
        }, ct);
        metrics.Attempted(after.State);
        if (after.State == WebhookDeliveryState.Failed && !after.Test) { GivenUp(after.Id, hook.Id, hook.Workspace, after.Attempts, after.Status); }

        return after;
    }

    private async Task<(OutboundAnswer Answer, string? Text)> Send(Webhook hook, Delivery delivery, CancellationToken ct)
    {
        string? secret;
        try { secret = hook.Secret is { } box ? secrets.Open(box, hook.Subject) : null; }
        catch (IOException error) { return (new OutboundAnswer(null, [], error.Message, 0), null); }

        if (secret is null && hook.Secret is not null)
        {
            const string Unreadable = "The secret cannot be read with the key of this server (setting secrets-key); give the webhook its secret anew.";
            return (new OutboundAnswer(null, [], Unreadable, 0) { Refusal = new OutboundRefusal(RefusalReason.Url, Unreadable) }, null);
        }

        var call = new OutboundCall(HttpMethod.Post, hook.Url, Encoding.UTF8.GetBytes(delivery.Body), AnswerBytes)
        {
            Headers = Signature.Headers(delivery.Id, clock.NowMs(), delivery.Body, secret),
        };
        var answer = await outbound.Send(call, ct);
        return (answer, answer.Status is null ? null : Encoding.UTF8.GetString(answer.Body).Replace('\0', ' '));
    }

    private Delivery After(Delivery delivery, OutboundAnswer answer, string? text)
    {
        var now = clock.NowMs();
        var noted = delivery with { Status = answer.Status, TookMs = answer.TookMs, Answer = text, Error = Fault(answer) };
        if (answer.Succeeded) { return noted with { State = WebhookDeliveryState.Delivered, DueMs = null, EndedMs = now }; }

        var again = !delivery.Test && answer.Refusal is null && Backoff.Helps(answer.Status) && delivery.Attempts < options.Value.Attempts;
        return again
            ? noted with { State = WebhookDeliveryState.Waiting, DueMs = now + Backoff.WaitMs(delivery.Attempts, options.Value.RetrySeconds, answer.RetryAfterSeconds), EndedMs = null }
            : noted with { State = WebhookDeliveryState.Failed, DueMs = null, EndedMs = now };
    }

    private static string? Fault(OutboundAnswer answer) =>
        answer.Succeeded ? null
        : answer.Error ?? (answer.Status is >= 300 and < 400 ? $"Answered {answer.Status}: redirects are not followed, give the webhook the address itself." : $"Answered {answer.Status}.");

    [LoggerMessage(Level = LogLevel.Warning, Message = "Delivery {Delivery} to webhook {Webhook} of workspace {Workspace} is given up after {Attempts} attempts (status {Status})")]
    private partial void GivenUp(string delivery, string webhook, string workspace, long attempts, long? status);
}
