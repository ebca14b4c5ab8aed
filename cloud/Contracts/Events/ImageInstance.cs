namespace Gantry.Contracts;

/// <summary>The image itself.</summary>
public sealed record ImageInstance
{
    /// <summary>(0008,0018); required. The cloud keeps one image per UID.</summary>
    public string SopInstanceUid { get; init => field = value ?? ""; } = "";

    /// <summary>(0020,0013), as text.</summary>
    public string? InstanceNumber { get; init; }

    /// <summary>Its size.</summary>
    public ImageDimensions? Dimensions { get; init; }

    /// <summary>How it was taken.</summary>
    public ImageAcquisition? Acquisition { get; init; }

    /// <summary>With how much radiation.</summary>
    public ImageDose? Dose { get; init; }

    /// <summary>A small picture of it; null when none could be made.</summary>
    public ImageThumbnail? Thumbnail { get; init; }

    /// <summary>When the PACS had it, UTC.</summary>
    public DateTimeOffset? ReceivedAt { get; init; }
}

/// <summary>Size in pixels.</summary>
public sealed record ImageDimensions
{
    /// <summary>(0028,0010).</summary>
    public int? Rows { get; init; }

    /// <summary>(0028,0011).</summary>
    public int? Columns { get; init; }
}

/// <summary>How an image was taken.</summary>
public sealed record ImageAcquisition
{
    /// <summary>(0018,5101), such as CC or MLO.</summary>
    public string? ViewPosition { get; init; }

    /// <summary>(0020,0062): R, L or B.</summary>
    public string? Laterality { get; init; }
}

/// <summary>Dose values as DICOM writes them (DS), as text; an empty text stands for a value the image does not have.</summary>
public sealed record ImageDose
{
    /// <summary>(0040,0316) mean glandular dose, dGy.</summary>
    public string? OrganDose { get; init; }

    /// <summary>(0040,8302) entrance dose, mGy.</summary>
    public string? EntranceDoseInMgy { get; init; }

    /// <summary>(0018,0060) peak voltage, kV.</summary>
    public string? Kvp { get; init; }

    /// <summary>(0018,1153) exposure, µAs.</summary>
    public string? ExposureInUas { get; init; }

    /// <summary>(0018,1191).</summary>
    public string? AnodeTargetMaterial { get; init; }

    /// <summary>(0018,7050).</summary>
    public string? FilterMaterial { get; init; }

    /// <summary>Filter thickness, mm.</summary>
    public string? FilterThickness { get; init; }
}
