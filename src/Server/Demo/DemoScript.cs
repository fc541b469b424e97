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
