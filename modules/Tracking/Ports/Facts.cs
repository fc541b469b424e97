using Slipway.Kernel;

namespace Slipway.Tracking.Ports;

public sealed record ExperimentCreated(string Workspace, string ExperimentId, string Name) : IFact
{
    public static string Kind => "experiment.created";

    public string Subject => $"experiment/{ExperimentId}";
}

public sealed record ExperimentDeleted(string Workspace, string ExperimentId, string Name) : IFact
{
    public static string Kind => "experiment.deleted";

    public string Subject => $"experiment/{ExperimentId}";
}

public sealed record ExperimentRestored(string Workspace, string ExperimentId, string Name) : IFact
{
    public static string Kind => "experiment.restored";

    public string Subject => $"experiment/{ExperimentId}";
}

public sealed record RunStarted(string Workspace, string RunId, string ExperimentId, string Name) : IFact
{
    public static string Kind => "run.started";

    public string Subject => $"run/{RunId}";
}

/// <summary>The client reported an end.</summary>
/// <param name="Status"><c>finished</c>, <c>failed</c> or <c>killed</c>.</param>
/// <param name="EndedMs">As the client said; null when it did not.</param>
public sealed record RunFinished(string Workspace, string RunId, string ExperimentId, string Name, string Status, long? EndedMs) : IFact
{
    public static string Kind => "run.finished";

    public string Subject => $"run/{RunId}";
}

public sealed record RunDeleted(string Workspace, string RunId, string ExperimentId) : IFact
{
    public static string Kind => "run.deleted";

    public string Subject => $"run/{RunId}";
}

public sealed record RunRestored(string Workspace, string RunId, string ExperimentId) : IFact
{
    public static string Kind => "run.restored";

    public string Subject => $"run/{RunId}";
}

/// <summary>It was erased for good: what it logged cannot be read any more.</summary>
public sealed record RunPurged(string Workspace, string RunId, string ExperimentId) : IFact
{
    public static string Kind => "run.purged";

    public string Subject => $"run/{RunId}";
}

/// <summary>It was erased for good, with its runs.</summary>
public sealed record ExperimentPurged(string Workspace, string ExperimentId, string Name) : IFact
{
    public static string Kind => "experiment.purged";

    public string Subject => $"experiment/{ExperimentId}";
}

/// <param name="FromExperimentId">Where it was.</param>
/// <param name="ExperimentId">Where it is now.</param>
public sealed record RunMoved(string Workspace, string RunId, string FromExperimentId, string ExperimentId) : IFact
{
    public static string Kind => "run.moved";

    public string Subject => $"run/{RunId}";
}
