namespace Gantry.Worklist;

/// <summary>Where an order stands. Stored as SCHEDULED, IN_PROGRESS, COMPLETED or DISCONTINUED.</summary>
public enum OrderStatus
{
    /// <summary>Nobody has started the exam; this is what a modality is shown.</summary>
    Scheduled,

    /// <summary>A modality has created a performed procedure step for it.</summary>
    InProgress,

    /// <summary>The exam was finished.</summary>
    Completed,

    /// <summary>The exam was given up or cancelled.</summary>
    Discontinued,
}

/// <summary>The words in which an <see cref="OrderStatus"/> stands in the store.</summary>
public static class OrderStatuses
{
    /// <summary>Every status, in the order of an exam's life.</summary>
    public static IReadOnlyList<OrderStatus> All { get; } =
        [OrderStatus.Scheduled, OrderStatus.InProgress, OrderStatus.Completed, OrderStatus.Discontinued];

    /// <summary>The stored word, for example <c>IN_PROGRESS</c>.</summary>
    public static string ToText(this OrderStatus status) => status switch
    {
        OrderStatus.Scheduled => "SCHEDULED",
        OrderStatus.InProgress => "IN_PROGRESS",
        OrderStatus.Completed => "COMPLETED",
        OrderStatus.Discontinued => "DISCONTINUED",
    };

    /// <summary>Reads a stored word; case, and a space in place of the underscore, are forgiven.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out OrderStatus status)
    {
        text = text.Trim();
        foreach (OrderStatus candidate in All)
        {
            string word = candidate.ToText();
            if (!text.Equals(word, StringComparison.OrdinalIgnoreCase)
                && !text.Equals(word.Replace('_', ' '), StringComparison.OrdinalIgnoreCase)) continue;
            status = candidate;
            return true;
        }

        status = OrderStatus.Scheduled;
        return false;
    }
}
