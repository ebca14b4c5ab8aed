namespace Gantry.Contracts;

/// <summary>data of mpps.status_update: an exam began, ended or was given up.</summary>
public sealed record StatusUpdate
{
    /// <summary>The action that made the order; null for an exam that nobody ordered here.</summary>
    public string? ActionId { get; init; }

    /// <summary>The order's; may be empty for an unscheduled exam.</summary>
    public string? AccessionNumber { get; init; }

    /// <summary>IN PROGRESS, COMPLETED or DISCONTINUED (PS3.3 C.4.14); required. Other values are read and answered with unknown_status.</summary>
    public string Status { get; init => field = value ?? ""; } = "";

    /// <summary>SOP Instance UID of the performed procedure step.</summary>
    public string? MppsInstanceUid { get; init; }

    /// <summary>Study Instance UID, so that an unscheduled exam can be joined with its images.</summary>
    public string? StudyInstanceUid { get; init; }
}

internal sealed record StatusUpdateWire
{
    public int SchemaVersion { get; init => field = value == 0 ? 1 : value; } = 1;

    public string? MessageId { get; init; }

    public string? EventType { get; init; }

    public DateTimeOffset? Timestamp { get; init; }

    public string? SourceSystem { get; init; }

    public StatusUpdate? Data { get; init; }
}
