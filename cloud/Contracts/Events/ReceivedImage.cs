namespace Gantry.Contracts;

/// <summary>parameters of study.image_received: one image that arrived in the PACS.</summary>
public sealed record ReceivedImage
{
    /// <summary>Whom it shows, as the image says.</summary>
    public ImageParticipant? Participant { get; init; }

    /// <summary>Its study; required.</summary>
    public ImageStudy Study { get; init => field = value ?? new(); } = new();

    /// <summary>Its series; required.</summary>
    public ImageSeries Series { get; init => field = value ?? new(); } = new();

    /// <summary>The image; required.</summary>
    public ImageInstance Image { get; init => field = value ?? new(); } = new();
}

/// <summary>Whom an image shows, as the image itself says.</summary>
public sealed record ImageParticipant
{
    /// <summary>Patient ID (0010,0020).</summary>
    public string? NhsNumber { get; init; }

    /// <summary>Patient's Name (0010,0010), DICOM form.</summary>
    public string? PatientName { get; init; }
}

/// <summary>The study an image belongs to.</summary>
public sealed record ImageStudy
{
    /// <summary>(0008,0050); empty for an unscheduled exam.</summary>
    public string? AccessionNumber { get; init; }

    /// <summary>(0020,000D); required.</summary>
    public string StudyInstanceUid { get; init => field = value ?? ""; } = "";

    /// <summary>(0008,0060).</summary>
    public string? Modality { get; init; }

    /// <summary>(0008,0020), YYYYMMDD.</summary>
    public string? StudyDate { get; init; }

    /// <summary>(0008,0030), HHMMSS.</summary>
    public string? StudyTime { get; init; }

    /// <summary>(0008,1030).</summary>
    public string? StudyDescription { get; init; }
}

/// <summary>The series an image belongs to.</summary>
public sealed record ImageSeries
{
    /// <summary>(0020,000E); required.</summary>
    public string SeriesInstanceUid { get; init => field = value ?? ""; } = "";

    /// <summary>(0020,0011), as text.</summary>
    public string? SeriesNumber { get; init; }

    /// <summary>(0008,103E).</summary>
    public string? SeriesDescription { get; init; }
}
