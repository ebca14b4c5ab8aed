namespace Gantry.Worklist;

/// <summary>What became of an order that was to be added.</summary>
public enum AddResult
{
    /// <summary>The order is new and stored.</summary>
    Created,

    /// <summary>The same message (SourceMessageId) made this order before; nothing was changed.</summary>
    SameMessage,

    /// <summary>Another message or program made an order with this accession number before; nothing was changed.</summary>
    Exists,
}

/// <summary>What became of an order that was to be added.</summary>
/// <param name="Result">New, made before by the same message, or made before by another.</param>
/// <param name="Item">The order as it stands in the store now, with what the store filled in.</param>
public sealed record AddOutcome(AddResult Result, WorklistItem Item);

/// <summary>How many orders stand in each status; statuses without orders count 0.</summary>
public sealed record WorklistStatistics(IReadOnlyDictionary<OrderStatus, long> Counts)
{
    /// <summary>All orders together.</summary>
    public long Total => Counts.Values.Sum();
}
