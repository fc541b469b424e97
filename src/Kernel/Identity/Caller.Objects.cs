using System.Globalization;

namespace Slipway.Kernel;

/// <content>What grants on single objects change: the most specific grant decides, but nobody who administers or audits the workspace can be kept out of an object.</content>
public sealed partial record Caller
{
    /// <summary>True when a grant on some single object of the workspace gives it.</summary>
    public bool HasSomewhere(Permission permission, string workspace) =>
        permission.On is { } kind && !_objects.AreNone && _objects.In(workspace).Any(grant => grant.Key.Kind == kind && Has(permission, grant.Key));

    /// <summary>True when the caller may do it with this object.</summary>
    public bool Has(Permission permission, ObjectRef it)
    {
        if (Cap is { } cap && !permission.Levels.Contains(cap)) { return false; }

        if (_objects.AreNone || _objects.On(it) is not { } level) { return Has(permission, it.Workspace); }

        return (level != Level.None && (permission.OnObject ?? permission.Levels).Contains(level)) || (IsOverseer(it.Workspace) && Has(permission, it.Workspace));
    }

    /// <summary>As <see cref="Has(Permission, ObjectRef)"/>, of an object of the request's workspace; costs nothing to callers without grants on objects.</summary>
    /// <param name="permission">One with <see cref="Permission.On"/>.</param>
    public bool May(Permission permission, string id) => _objects.AreNone ? Has(permission) : Has(permission, new ObjectRef(Workspace, permission.On!, id));

    /// <inheritdoc cref="May(Permission, string)"/>
    public bool May(Permission permission, long id) => _objects.AreNone ? Has(permission) : May(permission, id.ToString(CultureInfo.InvariantCulture));

    /// <summary>What is answered when <see cref="May(Permission, string)"/> said no: forbidden when the caller may see the object, otherwise as if it were not there.</summary>
    /// <param name="absent">What is said of an object that does not exist.</param>
    public Problem Refusal(Permission permission, string id, Problem absent)
    {
        var level = _objects.On(new ObjectRef(Workspace, permission.On!, id));
        var sees = level is null or Level.None ? (level is null || IsOverseer(Workspace)) && Grants.Any(grant => grant.Covers($"workspace/{Workspace}")) : true;
        return sees
            ? Problem.Forbidden($"'{Name}' lacks {permission.Name} on {permission.On} '{id}'; one of {string.Join(", ", permission.OnObject ?? permission.Levels)} on it gives it.")
            : absent with { Hidden = true };
    }

    /// <summary>
    /// What is said of an object that does not exist, found by a name or a number that can be guessed: to who sees single objects of the workspace alone the same as of a hidden one, so that
    /// nobody finds out which there are.
    /// </summary>
    public Problem Absence(Problem absent) => Grants.Any(grant => grant.Covers($"workspace/{Workspace}")) ? absent : absent with { Hidden = true };

    /// <summary>The objects of the request's workspace with which the caller may do it.</summary>
    /// <param name="permission">One with <see cref="Permission.On"/>.</param>
    public ObjectScope Reach(Permission permission)
    {
        var all = Has(permission);
        if (all && _objects.AreNone) { return ObjectScope.Everything; }

        return new ObjectScope(all, [.. _objects.In(Workspace)
            .Where(grant => grant.Key.Kind == permission.On && Has(permission, grant.Key) != all)
            .Select(grant => grant.Key.Id)]);
    }

    /// <summary>
    /// The objects of one kind of the request's workspace that no grant keeps the caller out of. For rooms that ask for roles on the workspace alone: what they have about another object is not there for
    /// this caller.
    /// </summary>
    public ObjectScope Open(string kind) => _objects.AreNone || IsOverseer(Workspace)
        ? ObjectScope.Everything
        : new ObjectScope(true, [.. _objects.In(Workspace).Where(grant => grant.Key.Kind == kind && grant.Value == Level.None).Select(grant => grant.Key.Id)]);

    /// <summary>True when the caller may hear of something in a workspace that concerns objects with these ids or names.</summary>
    /// <param name="ids">Of whatever kind; null = none.</param>
    public bool MayHearOf(string workspace, params ReadOnlySpan<string?> ids)
    {
        var everywhere = Grants.Any(grant => grant.Covers($"workspace/{workspace}"));
        if (_objects.AreNone || (everywhere && IsOverseer(workspace))) { return everywhere; }

        var (given, taken) = (false, false);
        foreach (var (it, level) in _objects.In(workspace))
        {
            if (!ids.Contains(it.Id)) { continue; }

            given |= level != Level.None;
            taken |= level == Level.None;
        }

        return !taken && (everywhere || given);
    }

    /// <summary>The names that grants name, of workspaces or of objects in them; a grant on the server or on all workspaces names none.</summary>
    public IReadOnlySet<string> WorkspacesSeen() => Grants.Where(grant => grant.Resource.StartsWith("workspace/", StringComparison.Ordinal)).Select(grant => grant.Resource["workspace/".Length..])
        .Concat(_objects.Where(grant => grant.Value != Level.None).Select(grant => grant.Key.Workspace)).ToHashSet(StringComparer.Ordinal);

    /// <summary>The objects on which this caller has the level <see cref="Level.Admin"/>.</summary>
    public IReadOnlyList<ObjectRef> Managed() => [.. _objects.Where(grant => grant.Value == Level.Admin).Select(grant => grant.Key)];

    /// <summary>The caller's grants on objects of one workspace alone.</summary>
    public IEnumerable<Grant> ObjectGrantsIn(string workspace) => _objects.In(workspace).Select(grant => new Grant(grant.Key.Resource, grant.Value));

    private bool IsOverseer(string workspace) =>
        Grants.Any(grant => grant.Level is Level.Admin or Level.Auditor && grant.Covers($"workspace/{workspace}"));
}
