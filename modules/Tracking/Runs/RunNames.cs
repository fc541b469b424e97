using System.Globalization;

namespace Slipway.Tracking.Runs;

/// <summary>Names for runs that come without one: <c>adjective-animal-number</c>, at most 20 characters.</summary>
internal static class RunNames
{
    private static readonly string[] Adjectives =
    [
        "able", "agile", "amber", "ample", "brave", "brisk", "bright", "calm", "candid", "clean", "clear", "clever", "crisp", "deft", "eager", "early", "exact", "fair",
        "fast", "fine", "firm", "fleet", "fresh", "frank", "gentle", "glad", "golden", "grand", "handy", "happy", "hardy", "honest", "jolly", "keen", "kind", "lively",
        "loyal", "lucid", "mellow", "merry", "mild", "neat", "nimble", "noble", "open", "patient", "placid", "plain", "polite", "proud", "quick", "quiet", "rapid",
        "ready", "robust", "rosy", "salty", "serene", "sharp", "silver", "smooth", "snug", "solid", "sound", "spry", "stable", "steady", "still", "stout", "sturdy",
        "sunny", "swift", "tidy", "trim", "true", "vivid", "warm", "wise", "witty", "zesty",
    ];

    private static readonly string[] Animals =
    [
        "auk", "bass", "bear", "beaver", "bison", "bream", "carp", "cod", "coot", "crab", "crane", "crow", "curlew", "deer", "dolphin", "dove", "duck", "eagle", "eel",
        "egret", "elk", "falcon", "finch", "fox", "gannet", "goose", "grouse", "gull", "hare", "hawk", "heron", "herring", "horse", "ibis", "jay", "kite", "koala",
        "lark", "lynx", "mackerel", "marten", "mink", "mole", "moose", "newt", "orca", "osprey", "otter", "owl", "oyster", "panda", "perch", "petrel", "pike", "plover",
        "puffin", "quail", "raven", "ray", "robin", "salmon", "seal", "shark", "shrimp", "snail", "sole", "squid", "stork", "swan", "swift", "tern", "tiger", "toad",
        "trout", "tuna", "turtle", "vole", "walrus", "whale", "wolf", "wren",
    ];

    /// <param name="seed">Different seeds give mostly different names; names need not be unique.</param>
    public static string FromSeed(ulong seed)
    {
        var adjective = Adjectives[seed % (ulong)Adjectives.Length];
        var animal = Animals[seed / 101 % (ulong)Animals.Length];
        return string.Create(CultureInfo.InvariantCulture, $"{adjective}-{animal}-{seed / 10_007 % 1000}");
    }

    /// <summary>The seed of a new run: the random half of its id.</summary>
    public static ulong Seed(string runId) => ulong.Parse(runId.AsSpan(16), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
