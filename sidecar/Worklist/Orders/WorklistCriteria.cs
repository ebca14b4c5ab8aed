namespace Gantry.Worklist;

/// <summary>
/// What a query is narrowed by in SQL, on an index; everything given must hold, null narrows nothing. Text compares byte for
/// byte.
/// Matching by DICOM's finer rules (wildcards, times, case) is the caller's work on the rows it reads.
/// </summary>
public sealed record WorklistCriteria
{
    /// <summary>Orders in any of these statuses; empty means every status.</summary>
    public IReadOnlyList<OrderStatus> Statuses { get; init; } = [];

    /// <summary>Orders for any of these modalities.</summary>
    public IReadOnlyList<string>? Modalities { get; init; }

    /// <summary>First scheduled date, yyyyMMdd, included.</summary>
    public string? DateFrom { get; init; }

    /// <summary>Last scheduled date, yyyyMMdd, included.</summary>
    public string? DateTo { get; init; }

    /// <summary>The one order with this accession number.</summary>
    public string? AccessionNumber { get; init; }

    /// <summary>Orders of this patient.</summary>
    public string? PatientId { get; init; }

    /// <summary>Orders of this requested procedure.</summary>
    public string? RequestedProcedureId { get; init; }

    /// <summary>Orders with this scheduled procedure step id.</summary>
    public string? ScheduledStepId { get; init; }

    /// <summary>Orders of any of these studies.</summary>
    public IReadOnlyList<string>? StudyInstanceUids { get; init; }

    /// <summary>
    /// The columns that will be read; null for all. Asking for fewer makes each row cheaper. Others read as empty.
    /// </summary>
    public IReadOnlyList<WorklistColumn>? Columns { get; init; }
}

/// <summary>A page of orders for the REST API and the command line.</summary>
public sealed record WorklistFilter
{
    /// <summary>Which orders; all by default.</summary>
    public WorklistCriteria Criteria { get; init; } = new();

    /// <summary>How many matching orders to pass over first.</summary>
    public int Skip { get; init; }

    /// <summary>How many orders at most; 100 by default.</summary>
    public int Take { get; init; } = 100;
}
