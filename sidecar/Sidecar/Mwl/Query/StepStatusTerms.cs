using Gantry.Worklist;

namespace Gantry.Sidecar.Mwl;

/// <summary>The order's status in the terms of Scheduled Procedure Step Status (0040,0020), PS3.3 C.4.10.</summary>
internal static class StepStatusTerms
{
    public static string Of(OrderStatus status) => status switch
    {
        OrderStatus.Scheduled => "SCHEDULED",
        OrderStatus.InProgress => "STARTED",
        OrderStatus.Completed => "COMPLETED",
        OrderStatus.Discontinued => "DISCONTINUED",
    };

    /// <summary>The term for the status as it stands in the store; empty for one that is none.</summary>
    public static ReadOnlySpan<byte> OfStored(ReadOnlySpan<byte> status) =>
        status.SequenceEqual("IN_PROGRESS"u8) ? "STARTED"u8
        : status.SequenceEqual("SCHEDULED"u8) ? "SCHEDULED"u8
        : status.SequenceEqual("COMPLETED"u8) ? "COMPLETED"u8
        : status.SequenceEqual("DISCONTINUED"u8) ? "DISCONTINUED"u8
        : default;
}
