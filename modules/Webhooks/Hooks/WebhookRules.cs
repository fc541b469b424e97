using System.Text.RegularExpressions;
using Slipway.Kernel;
using Slipway.Kernel.Outbound;
using Slipway.Webhooks.Events;

namespace Slipway.Webhooks.Hooks;

/// <summary>What a webhook may look like, in MLflow's sentences where it has them.</summary>
internal static partial class WebhookRules
{
    /// <summary>Code of the refusal of an address that is not public.</summary>
    public const string NotPublic = "webhook_not_public";

    private const int DescriptionChars = 5_000;
    private const int SecretChars = 1_000;

    public static Problem? NameFault(string name) => Plain().IsMatch(name) ? null : Problem.Invalid(
        "name",
        $"Webhook name '{(name.Length > 100 ? name[..100] : name)}' is invalid. It must start and end with a letter or digit, be less than 63 characters long, and contain only letters, digits, "
        + "dots (.), underscores (_), and hyphens (-).");

    public static Problem? TextFault(string? description, string? secret) =>
        description?.Length > DescriptionChars ? Problem.Invalid("description", $"The description has {description.Length} characters; at most {DescriptionChars} are taken.")
        : secret?.Length > SecretChars ? Problem.Invalid("secret", $"The secret has {secret.Length} characters; at most {SecretChars} are taken.")
        : description?.Contains('\0') == true ? Problem.Invalid("description", "The description holds the character U+0000, which no text may hold.")
        : null;

    /// <summary>The names sorted, each once.</summary>
    public static Result<IReadOnlyList<string>> Events(IReadOnlyList<string> names)
    {
        if (names.Count == 0) { return Problem.Invalid("events", "At least one event is needed."); }

        var unknown = names.FirstOrDefault(name => EventCatalogue.Find(name) is null);
        return unknown is null
            ? names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList()
            : Problem.Invalid("events", $"'{(unknown.Length > 100 ? unknown[..100] : unknown)}' is no event; these are: {string.Join(", ", EventCatalogue.All.Select(kind => kind.Name))}.");
    }

    public static Problem UrlProblem(OutboundRefusal refusal, string url, bool allowHttp) => refusal.Reason switch
    {
        RefusalReason.Scheme => Problem.Invalid("url", $"Invalid webhook URL scheme: '{url.Split(':')[0]}'. Allowed schemes are: {(allowHttp ? "http, https" : "https")}."),
        RefusalReason.Address => new Problem(400, NotPublic, $"Webhook URL must not resolve to a non-public IP address. '{refusal.Host}' resolves to {refusal.Address}.") { Field = "url" },
        _ => Problem.Invalid("url", refusal.Detail),
    };

    [GeneratedRegex(@"\A[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?\z")]
    private static partial Regex Plain();
}
