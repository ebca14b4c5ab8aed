namespace Gantry.Worklist;

/// <summary>Something to be done to the worklist exactly once.</summary>
public abstract record OrderAction
{
    private OrderAction()
    {
    }

    /// <summary>Under which it is noted, together with the action's id.</summary>
    internal abstract string Kind { get; }

    /// <summary>Adds an order; never changes one that is there.</summary>
    /// <param name="Item">The order.</param>
    public sealed record Add(WorklistItem Item) : OrderAction
    {
        internal override string Kind => "add";
    }

    /// <summary>Removes an order.</summary>
    /// <param name="AccessionNumber">Which.</param>
    public sealed record Remove(string AccessionNumber) : OrderAction
    {
        internal override string Kind => "remove";
    }

    /// <summary>Sets an order's status by hand.</summary>
    /// <param name="AccessionNumber">Which.</param>
    /// <param name="Status">The status.</param>
    public sealed record SetStatus(string AccessionNumber, OrderStatus Status) : OrderAction
    {
        internal override string Kind => "status";
    }
}

/// <summary>What an <see cref="OrderAction"/> came to.</summary>
public enum OrderActionResult
{
    /// <summary>The order was made by this action. Stored as <c>created</c>.</summary>
    Created,

    /// <summary>Another made an order with this accession number before. Stored as <c>exists</c>.</summary>
    Exists,

    /// <summary>The order is gone. Stored as <c>removed</c>.</summary>
    Removed,

    /// <summary>The order has the status. Stored as <c>updated</c>.</summary>
    Updated,

    /// <summary>There was no such order. Stored as <c>not_found</c>.</summary>
    NotFound,
}

/// <summary>What an <see cref="OrderAction"/> came to.</summary>
/// <param name="Result">The result of the first time.</param>
/// <param name="IsRepeated">True if it was done before, so nothing was changed now.</param>
public sealed record OrderActionOutcome(OrderActionResult Result, bool IsRepeated);
