using Slipway.Testing.Mlflow;

namespace Slipway.Registry.Tests.Mlflow;

/// <summary>What official clients send is answered as MLflow answers it, on both databases.</summary>
public sealed class ReplayTests
{
    public static TheoryData<string, string> Groups() => Recordings.Rows("registered_models", "model_versions", "client_registry", "prompts");

    [Theory, MemberData(nameof(Groups))]
    public async Task A_recording_is_answered_as_by_Mlflow(string group, string database)
    {
        var faults = await Recordings.Faults(group, database);

        Assert.True(faults.Count == 0, string.Join("\n", faults));
    }
}
