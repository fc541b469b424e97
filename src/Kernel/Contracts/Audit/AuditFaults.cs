namespace Slipway.Kernel.Contracts;

/// <summary>The kinds of <see cref="AuditFault"/>. Programs may switch on them.</summary>
public static class AuditFaults
{
    /// <summary>An entry's bytes and its leaf hash disagree: this very entry was changed.</summary>
    public const string AlteredEntry = "altered_entry";

    /// <summary>Entries between two that are there are gone.</summary>
    public const string MissingEntries = "missing_entries";

    /// <summary>An entry stands where another belongs: inserted, repeated or moved.</summary>
    public const string MisplacedEntry = "misplaced_entry";

    /// <summary>Entries after the last checkpoint: nothing signed speaks for them, or their checkpoint was taken away.</summary>
    public const string UncoveredEntries = "uncovered_entries";

    /// <summary>The entries since the last good checkpoint are not those that were signed.</summary>
    public const string RootMismatch = "root_mismatch";

    /// <summary>A checkpoint cannot be read, or its signature does not fit its text.</summary>
    public const string BadCheckpoint = "bad_checkpoint";

    /// <summary>A checkpoint that another one, or a witness, speaks of is gone.</summary>
    public const string MissingCheckpoint = "missing_checkpoint";

    /// <summary>A checkpoint stands where another belongs.</summary>
    public const string MisplacedCheckpoint = "misplaced_checkpoint";

    /// <summary>A key that the log has not introduced, or that those who verify do not trust.</summary>
    public const string UnknownKey = "unknown_key";

    /// <summary>A witness has seen a longer log: this one was cut, or is an old backup.</summary>
    public const string OlderThanWitness = "older_than_witness";

    /// <summary>A witness has seen another log of the same name: the log was rewritten after it was signed.</summary>
    public const string Fork = "fork";

    /// <summary>A file of the witness is itself damaged.</summary>
    public const string BadWitness = "bad_witness";

    /// <summary>The export itself cannot be read at a line, or ends early.</summary>
    public const string BadExport = "bad_export";

    /// <summary>The columns that lists are made of disagree with the entry's bytes (verification on the server only).</summary>
    public const string AlteredColumns = "altered_columns";
}
