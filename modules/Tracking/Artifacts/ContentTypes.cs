namespace Slipway.Tracking.Artifacts;

/// <summary>Media types by name, as MLflow's clients know them: what people read is text, the rest is bytes.</summary>
internal static class ContentTypes
{
    private static readonly HashSet<string> Text = new(StringComparer.OrdinalIgnoreCase)
    {
        "txt", "log", "err", "cfg", "conf", "cnf", "cf", "ini", "properties", "prop", "hocon", "toml", "yaml", "yml", "xml", "json", "js", "py", "py3", "csv", "tsv", "md", "rst",
        "mlmodel", "mlproject",
    };

    private static readonly Dictionary<string, string> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["html"] = "text/html", ["htm"] = "text/html", ["css"] = "text/css", ["svg"] = "image/svg+xml", ["png"] = "image/png", ["jpg"] = "image/jpeg", ["jpeg"] = "image/jpeg",
        ["gif"] = "image/gif", ["webp"] = "image/webp", ["pdf"] = "application/pdf", ["zip"] = "application/zip", ["gz"] = "application/gzip", ["tar"] = "application/x-tar",
    };

    public static string Of(string name)
    {
        var ending = name[(name.LastIndexOf('.') + 1)..];
        return Text.Contains(ending) ? "text/plain" : Known.GetValueOrDefault(ending, "application/octet-stream");
    }
}
