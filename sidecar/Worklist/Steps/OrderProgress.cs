namespace Gantry.Worklist;

/// <summary>
/// How an order follows the steps performed for it, as one table. An order can have several steps (an exam given up and begun
/// again, or
/// done in two rooms); it follows the one started last, and what is COMPLETED never goes back.
/// </summary>
internal static class OrderProgress
{
    /// <summary>The order's status after a step came to a status; null if the order stays as it is.</summary>
    /// <param name="order">The order's status before.</param>
    /// <param name="step">The status to which the step came.</param>
    /// <param name="isCurrent">The step is the one that was started last for this order.</param>
    public static OrderStatus? Next(OrderStatus order, StepStatus step, bool isCurrent) => (order, step, isCurrent) switch
    {
        (OrderStatus.Completed, _, _) => null,

        // Started, or begun again after it was given up; a second step takes over an order that is under way.
        (_, StepStatus.InProgress, _) => OrderStatus.InProgress,

        // Images exist and one step calls the exam done, whichever it was.
        (_, StepStatus.Completed, _) => OrderStatus.Completed,

        (OrderStatus.Discontinued, StepStatus.Discontinued, _) => null,
        (_, StepStatus.Discontinued, true) => OrderStatus.Discontinued,
        // Another step was started since and is still going on.
        (_, StepStatus.Discontinued, false) => null,

        _ => throw new ArgumentOutOfRangeException(nameof(order), order, "Unknown status."),
    };
}
