namespace Slipway.Kernel.Contracts;

/// <summary>One entry for people; fields as in <see cref="AuditEntry"/>.</summary>
/// <param name="Index">Its place in the tree, from 0; absent while it is pending (under a second).</param>
public sealed record AuditEntryView(
    string Id, long AtMs, string Actor, string Workspace, string Action, string Object, string RequestId, long? Index = null, string? ActingAs = null,
    string? CredentialId = null, string? BeforeDigest = null, string? AfterDigest = null, string? Reason = null, string? Policy = null, string? Address = null);

/// <summary>That an entry stands in the signed log (RFC 9162 section 2.1.3). Hashes are lower-case hex.</summary>
/// <param name="Entry">The canonical bytes, base64: SHA-256(0x00 ‖ these) is <paramref name="LeafHash"/>.</param>
/// <param name="Size">Size of the tree of <paramref name="Checkpoint"/>.</param>
/// <param name="Hashes">Siblings from the leaf to the root, nearest first.</param>
/// <param name="Checkpoint">The signed note that states <paramref name="Size"/> and <paramref name="Root"/>.</param>
public sealed record InclusionProofView(string Entry, string LeafHash, long Index, long Size, IReadOnlyList<string> Hashes, string Root, string Checkpoint);

/// <summary>That the log of one checkpoint is the beginning of that of a later one (RFC 9162 section 2.1.4). Hashes are lower-case hex.</summary>
public sealed record ConsistencyProofView(long From, long To, IReadOnlyList<string> Hashes, string FromRoot, string ToRoot, string FromCheckpoint, string ToCheckpoint);

/// <param name="Root">Lower-case hex.</param>
/// <param name="KeyId">The key that signed.</param>
/// <param name="Note">The text as signed; docs/audit.md says how to check it.</param>
/// <param name="Witnessed">It stands in the witness folder, too.</param>
public sealed record CheckpointView(long Size, long AtMs, string Root, string KeyId, string Note, bool Witnessed);

/// <summary>Something in the log that is not as it was written.</summary>
/// <param name="Kind">What kind of fault, stable: see <see cref="AuditFaults"/>.</param>
/// <param name="From">First entry (index) that may be affected; absent when the fault lies in a checkpoint or a key alone.</param>
/// <param name="To">One past the last such entry.</param>
/// <param name="Checkpoint">Size of the checkpoint concerned; absent when there is none.</param>
/// <param name="Detail">One sentence with what was found and what was expected.</param>
public sealed record AuditFault(string Kind, string Detail, long? From = null, long? To = null, long? Checkpoint = null);

/// <summary>The outcome of a verification.</summary>
/// <param name="Ok">No fault was found.</param>
/// <param name="Entries">Entries read.</param>
/// <param name="Checkpoints">Checkpoints read.</param>
/// <param name="Faults">In the order found; at most 1,000.</param>
public sealed record AuditVerifyView(bool Ok, long Entries, long Checkpoints, IReadOnlyList<AuditFault> Faults, long TookMs);
