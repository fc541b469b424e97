using System.Collections;

namespace Slipway.Kernel;

/// <summary>The grants of one principal on single objects, by object. Immutable.</summary>
internal sealed class ObjectGrants : IEnumerable<KeyValuePair<ObjectRef, Level>>
{
    private static readonly ObjectGrants Empty = new([]);
    private readonly Dictionary<ObjectRef, Level> _levels;

    private ObjectGrants(Dictionary<ObjectRef, Level> levels) => _levels = levels;

    /// <summary>True for nearly every caller, who then costs nothing more.</summary>
    public bool AreNone => _levels.Count == 0;

    public static ObjectGrants Of(IReadOnlyList<Grant> grants)
    {
        Dictionary<ObjectRef, Level>? levels = null;
        foreach (var grant in grants)
        {
            if (ObjectRef.Parse(grant.Resource) is not { } it) { continue; }

            levels ??= [];
            // There is one grant on an object; were there two, what takes away would win.
            if (!levels.TryGetValue(it, out var known) || known != Level.None) { levels[it] = grant.Level; }
        }

        return levels is null ? Empty : new ObjectGrants(levels);
    }

    /// <summary>Null when no grant names the object.</summary>
    public Level? On(ObjectRef it) => _levels.TryGetValue(it, out var level) ? level : null;

    public IEnumerable<KeyValuePair<ObjectRef, Level>> In(string workspace) => _levels.Where(grant => grant.Key.Workspace == workspace);

    public IEnumerator<KeyValuePair<ObjectRef, Level>> GetEnumerator() => _levels.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
