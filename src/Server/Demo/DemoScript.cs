using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Slipway.Server;

/// <summary>What a demo shows, as its YAML file says; the paths are relative to it. Nothing else knows the sample.</summary>
internal sealed record DemoScript
{
    public string Title { get; init; } = "";

    /// <summary>Definition of the pipeline that is run.</summary>
    public string Pipeline { get; init; } = "";

    /// <summary>A file that its contract refuses; null = that part is not shown.</summary>
    public DemoRefusal? Refused { get; init; }

    /// <summary>From approval to production and back; null = that part is not shown.</summary>
    public DemoProductionScript? Production { get; init; }

    /// <summary>Where the YAML file is.</summary>
    [YamlIgnore]
    public string Folder { get; private set; } = "";

    public string File(string name) => Path.Combine(Folder, name);

    /// <exception cref="IOException">The file cannot be read, or is not what a demo needs.</exception>
    public static DemoScript Read(string path)
    {
        try
        {
            var script = new DeserializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).Build().Deserialize<DemoScript?>(System.IO.File.ReadAllText(path));
            if (script is not { Title.Length: > 0, Pipeline.Length: > 0 }) { throw new IOException($"{path}: a demo needs 'title' and 'pipeline'."); }

            script.Folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
            return script;
        }
        catch (YamlException error) { throw new IOException($"{path}, line {error.Start.Line}: {error.Message}"); }
    }
}

internal sealed record DemoRefusal
{
    /// <summary>A dataset that the pipeline makes.</summary>
    public string Dataset { get; init; } = "";

    /// <summary>CSV.</summary>
    public string File { get; init; } = "";
}

/// <summary>What is shown of approval, serving and monitoring. The file names are of YAML files as the command line takes them.</summary>
internal sealed record DemoProductionScript
{
    public string Endpoint { get; init; } = "";

    /// <summary>The model's entry in the inventory.</summary>
    public string Inventory { get; init; } = "";

    /// <summary>The endpoint's monitor; null = the built-in one.</summary>
    public string? Monitor { get; init; }

    /// <summary>Whom the inventory names as the model's owner; null = somebody who is there already.</summary>
    public DemoPerson? Owner { get; init; }

    public DemoApprover Approver { get; init; } = new();

    /// <summary>Granted for each version that a row of the policy stands against; null = such a row ends the demo.</summary>
    public DemoException? Exception { get; init; }

    /// <summary>Pipeline that registers a second version of the model.</summary>
    public string Challenger { get; init; } = "";

    /// <summary>Of the units, for a canary; 0 to 1.</summary>
    public double Share { get; init; } = 0.1;

    /// <summary>CSV with the model's inputs as columns.</summary>
    public string Traffic { get; init; } = "";

    /// <summary>How many requests show that all is well.</summary>
    public int Requests { get; init; } = 2_000;

    /// <summary>What the world's change multiplies, by column; null = that part is not shown.</summary>
    public Dictionary<string, double>? Shock { get; init; }

    /// <summary>A version that decides outside of its approved bands; null = that part is not shown.</summary>
    public DemoMistake? Mistake { get; init; }
}

internal record DemoPerson
{
    /// <summary>What the person signs in with.</summary>
    public string Name { get; init; } = "";

    public string DisplayName { get; init; } = "";
}

internal sealed record DemoApprover : DemoPerson
{
    /// <summary>Why they sign.</summary>
    public string Reason { get; init; } = "";
}

internal sealed record DemoException
{
    public string Reason { get; init; } = "";

    /// <summary>From now.</summary>
    public int Days { get; init; } = 90;
}

internal sealed record DemoMistake
{
    /// <summary>That registers it.</summary>
    public string Pipeline { get; init; } = "";

    /// <summary>As <see cref="DemoProductionScript.Exception"/>, granted by somebody who has not looked closely.</summary>
    public DemoException? Exception { get; init; }
}
