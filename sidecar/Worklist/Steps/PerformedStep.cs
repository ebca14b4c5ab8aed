namespace Gantry.Worklist;

/// <summary>
/// One item of the Scheduled Step Attributes Sequence (0040,0270): the order that the step says it performs. Empty and null mean
/// the same.
/// </summary>
public sealed record ScheduledReference
{
    /// <summary>Study Instance UID (0020,000D).</summary>
    public string? StudyInstanceUid { get; init; }

    /// <summary>Accession Number (0008,0050).</summary>
    public string? AccessionNumber { get; init; }

    /// <summary>Requested Procedure ID (0040,1001).</summary>
    public string? RequestedProcedureId { get; init; }

    /// <summary>Scheduled Procedure Step ID (0040,0009).</summary>
    public string? ScheduledStepId { get; init; }
}

/// <summary>The object of a step as it came from the modality, whole.</summary>
/// <param name="Bytes">The data set, encoded.</param>
/// <param name="TransferSyntaxUid">The transfer syntax of the bytes.</param>
/// <param name="CharacterSet">Its Specific Character Set, values joined by a backslash; null for the default.</param>
public sealed record StepObject(ReadOnlyMemory<byte> Bytes, string TransferSyntaxUid, string? CharacterSet);

/// <summary>A step to be created (N-CREATE), always IN PROGRESS.</summary>
public sealed record NewPerformedStep
{
    /// <summary>SOP Instance UID of the step.</summary>
    public required string SopInstanceUid { get; init; }

    /// <summary>The object as received. Its bytes may be reused once the store has returned.</summary>
    public required StepObject Dataset { get; init; }

    /// <summary>
    /// The orders that it performs; several in the group case, none or one with only a study UID when unscheduled.
    /// </summary>
    public required IReadOnlyList<ScheduledReference> References { get; init; }

    /// <summary>Modality (0008,0060).</summary>
    public string? Modality { get; init; }

    /// <summary>Patient ID (0010,0020); together with the scheduled step id it finds the order where no other key does.</summary>
    public string? PatientId { get; init; }

    /// <summary>Patient's Name (0010,0010), decoded.</summary>
    public string? PatientName { get; init; }

    /// <summary>Performed start date and time, yyyyMMddHHmmss, site time.</summary>
    public string? StartTime { get; init; }

    /// <summary>AE title of the peer that created it.</summary>
    public string? CallingAeTitle { get; init; }

    /// <summary>What was wrong and let pass in the lenient profile, one sentence each, no patient data.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}

/// <summary>A step as the store keeps it.</summary>
public sealed record PerformedStep
{
    /// <summary>SOP Instance UID.</summary>
    public required string SopInstanceUid { get; init; }

    /// <summary>Its status.</summary>
    public required StepStatus Status { get; init; }

    /// <summary>
    /// The object as it stands after the last change; no bytes if a program recorded the step that kept no objects.
    /// </summary>
    public required StepObject Dataset { get; init; }

    /// <summary>The orders that it says it performs.</summary>
    public IReadOnlyList<ScheduledReference> References { get; init; } = [];

    /// <summary>Accession numbers of the orders found for it; empty when the exam was unscheduled.</summary>
    public IReadOnlyList<string> Orders { get; init; } = [];

    /// <summary>Accession number of the first reference, if given, else of the first order found.</summary>
    public string? AccessionNumber { get; init; }

    /// <summary>Study Instance UID of the first reference.</summary>
    public string? StudyInstanceUid { get; init; }

    /// <summary>Modality.</summary>
    public string? Modality { get; init; }

    /// <summary>Patient ID.</summary>
    public string? PatientId { get; init; }

    /// <summary>Patient's Name.</summary>
    public string? PatientName { get; init; }

    /// <summary>Performed start, yyyyMMddHHmmss, site time.</summary>
    public string? StartTime { get; init; }

    /// <summary>Performed end, yyyyMMddHHmmss, site time.</summary>
    public string? EndTime { get; init; }

    /// <summary>AE title of the peer that created it.</summary>
    public string? CallingAeTitle { get; init; }

    /// <summary>What was wrong and let pass, one sentence each.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>No order was found for it when it was created.</summary>
    public bool IsUnscheduled { get; init; }

    /// <summary>When it was created, UTC, ISO 8601.</summary>
    public string? CreatedAt { get; init; }

    /// <summary>When it was changed last, UTC, ISO 8601.</summary>
    public string? UpdatedAt { get; init; }
}
