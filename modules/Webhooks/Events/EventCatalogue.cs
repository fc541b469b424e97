using Slipway.Governance.Ports;
using Slipway.Kernel;
using Slipway.Monitoring.Ports;
using Slipway.Registry.Ports;
using Slipway.Serving.Ports;
using Slipway.Tracking.Ports;
using Slipway.Webhooks.Contracts;

namespace Slipway.Webhooks.Events;

/// <summary>Everything that a webhook may hear of, in the order in which it is shown.</summary>
internal static class EventCatalogue
{
    private const string Models = "Models";
    private const string Prompts = "Prompts";
    private const string Production = "Production";
    private const string Approvals = "Approvals";
    private const string Experiments = "Experiments and runs";

    public static readonly IReadOnlyList<EventKind> All =
    [
        EventKind.Mlflow("REGISTERED_MODEL", "CREATED", Models, "A registered model was made."),
        EventKind.Mlflow("MODEL_VERSION", "CREATED", Models, "A version of a model was registered."),
        EventKind.Mlflow("MODEL_VERSION_TAG", "SET", Models, "A tag of a version was set."),
        EventKind.Mlflow("MODEL_VERSION_TAG", "DELETED", Models, "A tag of a version was deleted."),
        EventKind.Mlflow("MODEL_VERSION_ALIAS", "CREATED", Models, "An alias stands for a version from now on."),
        EventKind.Mlflow("MODEL_VERSION_ALIAS", "DELETED", Models, "An alias stands for no version any more."),
        Native<StageChanged>(Models, "A version went to another of MLflow's legacy stages."),
        Native<VersionDeleted>(Models, "A version was deleted."),
        Native<ModelRenamed>(Models, "A model got another name."),
        Native<ModelDeleted>(Models, "A model was deleted with its versions."),
        Native<ModelTagSet>(Models, "A tag of a model was set."),
        Native<ModelTagDeleted>(Models, "A tag of a model was deleted."),
        EventKind.Mlflow("PROMPT", "CREATED", Prompts, "A prompt was made."),
        EventKind.Mlflow("PROMPT_VERSION", "CREATED", Prompts, "A version of a prompt was registered."),
        EventKind.Mlflow("PROMPT_TAG", "SET", Prompts, "A tag of a prompt was set."),
        EventKind.Mlflow("PROMPT_TAG", "DELETED", Prompts, "A tag of a prompt was deleted."),
        EventKind.Mlflow("PROMPT_VERSION_TAG", "SET", Prompts, "A tag of a prompt's version was set."),
        EventKind.Mlflow("PROMPT_VERSION_TAG", "DELETED", Prompts, "A tag of a prompt's version was deleted."),
        EventKind.Mlflow("PROMPT_ALIAS", "CREATED", Prompts, "An alias stands for a version of a prompt from now on."),
        EventKind.Mlflow("PROMPT_ALIAS", "DELETED", Prompts, "An alias stands for no version of a prompt any more."),
        Native<ApprovalRequested>(Approvals, "Somebody asked for the approval of a version."),
        Native<ApprovalGranted>(Approvals, "A version may be used: the last sign-off is there."),
        Native<ApprovalRefused>(Approvals, "A person refused an approval."),
        Native<ApprovalVoided>(Approvals, "What an approval was bound to has changed: the version may not be used any more."),
        Native<ExceptionGranted>(Approvals, "A requirement of the policy was waived for a while."),
        Native<ExceptionEnded>(Approvals, "An exception ran out or was taken back."),
        Native<TrafficChanged>(Production, "Other versions answer under an endpoint, or with other shares."),
        Native<RolloutHalted>(Production, "A rollout was halted."),
        Native<RolledBack>(Production, "A version was taken out of the traffic."),
        Native<EndpointStopped>(Production, "The kill switch was used."),
        Native<EndpointReleased>(Production, "An endpoint was released after the kill switch."),
        Native<DriftDetected>(Production, "The population is no longer the one that the version was approved for."),
        Native<EnvelopeBroken>(Production, "The share of a decision left the band that was approved."),
        Native<RetrainingRequested>(Production, "A rule asks for a new version."),
        Native<ExperimentCreated>(Experiments, "An experiment was made."),
        Native<ExperimentDeleted>(Experiments, "An experiment was deleted."),
        Native<ExperimentRestored>(Experiments, "A deleted experiment was restored."),
        Native<ExperimentPurged>(Experiments, "An experiment was erased for good, with its runs."),
        new(RunEnds.Well, Experiments, "A run finished."),
        new(RunEnds.Badly, Experiments, "A run failed or was killed."),
        Native<RunMoved>(Experiments, "A run was moved to another experiment."),
        Native<RunPurged>(Experiments, "A run was erased for good."),
        EventKind.Mlflow("BUDGET_POLICY", "EXCEEDED", "Costs", "A budget was used up.") with { Sent = false },
    ];

    private static readonly Dictionary<string, EventKind> ByName = All.ToDictionary(kind => kind.Name, StringComparer.Ordinal);

    /// <summary>Null when there is no such event.</summary>
    public static EventKind? Find(string name) => ByName.GetValueOrDefault(name);

    public static IReadOnlyList<WebhookEventView> View { get; } = [.. All.Select(kind => kind.ToView())];

    private static EventKind Native<T>(string group, string meaning)
        where T : IFact => new(T.Kind, group, meaning);
}
