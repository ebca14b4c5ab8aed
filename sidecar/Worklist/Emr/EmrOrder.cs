namespace Gantry.Worklist;

/// <summary>How an order stands that came from the EMR.</summary>
public enum EmrOrderState
{
    /// <summary>The EMR has it, and it is in the worklist.</summary>
    Live,

    /// <summary>The EMR cancelled it, or no longer has it.</summary>
    Cancelled,

    /// <summary>The EMR's row cannot become an order.</summary>
    Unusable,

    /// <summary>Another row of the EMR has the same accession number or the same key.</summary>
    Ambiguous,
}

/// <summary>What the store remembers of an order of the EMR, beside the order itself.</summary>
/// <param name="Key">The EMR's own key of the order.</param>
/// <param name="AccessionNumber">Under which it is, or would be, in the worklist; empty where the row has none.</param>
/// <param name="Hash">Of the EMR's row as it was read last; empty to have it looked at again.</param>
/// <param name="State">How it stands.</param>
/// <param name="Owns">True if the worklist's order of this accession number was made from this row: only then may it be changed.</param>
/// <param name="ScheduledDate">yyyyMMdd; null where the row has none.</param>
public sealed record EmrOrder(
    string Key, string AccessionNumber, string Hash, EmrOrderState State, bool Owns, string? ScheduledDate);

/// <summary>An order as the EMR has it now, to be written.</summary>
public sealed record EmrOrderWrite
{
    /// <summary>What is to be remembered; <see cref="EmrOrder.Owns"/> is the store's to decide.</summary>
    public required EmrOrder Order { get; init; }

    /// <summary>What the store remembered of this key; null if nothing.</summary>
    public EmrOrder? Before { get; init; }

    /// <summary>Another key that has the worklist's order of this accession number and gives it up; null if there is none.</summary>
    public EmrOrder? Holder { get; init; }

    /// <summary>True has the store itself find the two above, because other writes of the batch may change them.</summary>
    public bool LooksUp { get; init; }

    /// <summary>The order for the worklist; null in any state but <see cref="EmrOrderState.Live"/>.</summary>
    public WorklistItem? Item { get; init; }

    /// <summary>Why it is not in the worklist, for the list of what is set aside; null takes it off that list.</summary>
    public string? Reason { get; init; }
}

/// <summary>An exam of the EMR, as far as telling its status needs it.</summary>
/// <param name="AccessionNumber">Its number in the worklist.</param>
/// <param name="Key">The EMR's own key of the order.</param>
/// <param name="ToldId">Number of the newest message in the outbox that the EMR was told about it; 0 for none.</param>
public sealed record EmrExam(string AccessionNumber, string Key, long ToldId);

/// <summary>What became of an order that was written.</summary>
public enum EmrWriteResult
{
    /// <summary>It is remembered; the worklist did not change.</summary>
    Noted,

    /// <summary>It is new in the worklist.</summary>
    Added,

    /// <summary>The worklist's order was changed.</summary>
    Changed,

    /// <summary>The worklist's order is offered to modalities again.</summary>
    Reinstated,

    /// <summary>The worklist's order is no longer offered to modalities.</summary>
    Withdrawn,

    /// <summary>The worklist has an order of this accession number that is not the EMR's; it was left alone.</summary>
    Foreign,
}
