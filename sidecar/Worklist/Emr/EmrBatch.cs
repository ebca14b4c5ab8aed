namespace Gantry.Worklist;

/// <summary>The right to write the EMR's orders: one process has it at a time.</summary>
/// <param name="Owner">Who has it, in words.</param>
/// <param name="Number">Counts up with each new owner, so that one that lost it without noticing can write no more.</param>
public sealed record EmrLease(string Owner, long Number);

/// <summary>How far the EMR was read.</summary>
/// <param name="Settings">Hash of the settings that the rest belongs to.</param>
/// <param name="ChangedAt">The newest <c>changed_at</c> seen, by the EMR's clock, as <c>yyyy-MM-dd HH:mm:ss.fffffff</c>; null if none.</param>
/// <param name="Key">The highest key seen; null if none.</param>
/// <param name="ComparedAt">When the whole window was compared last (UTC, our clock); null if never.</param>
public sealed record EmrMark(string Settings, string? ChangedAt, string? Key, DateTimeOffset? ComparedAt)
{
    /// <summary>Nothing was read yet.</summary>
    public static EmrMark None { get; } = new("", null, null, null);
}

/// <summary>What is written in one transaction.</summary>
/// <param name="Columns">The columns that the EMR describes; the others of an order that is there stay as they are.</param>
/// <param name="Writes">The orders.</param>
/// <param name="Mark">How far the EMR was read when these are written; null leaves it.</param>
public sealed record EmrBatch(IReadOnlyList<WorklistColumn> Columns, IReadOnlyList<EmrOrderWrite> Writes, EmrMark? Mark = null);

/// <summary>A sync that ended, for the admin.</summary>
public sealed record EmrRun
{
    /// <summary>When it began (UTC).</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Who asked for it: schedule, query, api, command.</summary>
    public required string Reason { get; init; }

    /// <summary>True if the whole window was compared.</summary>
    public bool IsWhole { get; init; }

    /// <summary>Rows read from the EMR.</summary>
    public int Read { get; init; }

    /// <summary>Orders new in the worklist.</summary>
    public int Added { get; init; }

    /// <summary>Orders changed.</summary>
    public int Changed { get; init; }

    /// <summary>Orders withdrawn because the EMR cancelled them or no longer has them.</summary>
    public int Cancelled { get; init; }

    /// <summary>Orders offered again.</summary>
    public int Reinstated { get; init; }

    /// <summary>Rows found in this sync that cannot become orders.</summary>
    public int SetAside { get; init; }

    /// <summary>How long it took.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>Phase and sentence, if it failed; null if it did not.</summary>
    public string? Failure { get; init; }
}
