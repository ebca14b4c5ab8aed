namespace Gantry.Contracts;

/// <summary>An order as the cloud describes it: parameters.worklist_item of worklist.create_item.</summary>
public sealed record WorklistOrder
{
    /// <summary>Names the order everywhere; required.</summary>
    public string AccessionNumber { get; init => field = value ?? ""; } = "";

    /// <summary>The clinic's number for the requested procedure.</summary>
    public string? RequestedProcedureId { get; init; }

    /// <summary>Whom to image; required.</summary>
    public OrderParticipant Participant { get; init => field = value ?? new(); } = new();

    /// <summary>When; required.</summary>
    public OrderSchedule Scheduled { get; init => field = value ?? new(); } = new();

    /// <summary>What to do; required.</summary>
    public OrderProcedure Procedure { get; init => field = value ?? new(); } = new();
}

/// <summary>Whom to image.</summary>
public sealed record OrderParticipant
{
    /// <summary>The NHS number, which becomes Patient ID; required.</summary>
    public string NhsNumber { get; init => field = value ?? ""; } = "";

    /// <summary>DICOM form, FAMILY^GIVEN; required.</summary>
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>YYYYMMDD, when known.</summary>
    public string? BirthDate { get; init; }

    /// <summary>M, F or O, when known.</summary>
    public string? Sex { get; init; }
}

/// <summary>When, in the site's local time.</summary>
public sealed record OrderSchedule
{
    /// <summary>YYYYMMDD; required.</summary>
    public string Date { get; init => field = value ?? ""; } = "";

    /// <summary>HHMM or HHMMSS; required.</summary>
    public string Time { get; init => field = value ?? ""; } = "";
}

/// <summary>What to do and where.</summary>
public sealed record OrderProcedure
{
    /// <summary>DICOM modality, such as MG; required.</summary>
    public string Modality { get; init => field = value ?? ""; } = "";

    /// <summary>The machine that is to do it.</summary>
    public string? StationName { get; init; }

    /// <summary>In words.</summary>
    public string? StudyDescription { get; init; }

    /// <summary>The code of the procedure.</summary>
    public string? ProcedureCode { get; init; }
}
