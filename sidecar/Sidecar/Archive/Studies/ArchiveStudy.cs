namespace Gantry.Sidecar.Archive.Studies;

/// <summary>A study as the archive has it. Texts are DICOM values, null where the study says nothing.</summary>
internal sealed record ArchiveStudy
{
    /// <summary>Orthanc's id.</summary>
    public required string OrthancId { get; init; }

    public required string StudyInstanceUid { get; init; }
    public string? AccessionNumber { get; init; }
    public string? PatientId { get; init; }
    public string? PatientName { get; init; }
    public string? PatientBirthDate { get; init; }
    public string? PatientSex { get; init; }

    /// <summary>YyyyMMdd.</summary>
    public string? StudyDate { get; init; }

    /// <summary>HHmmss, with a fraction if the study has one.</summary>
    public string? StudyTime { get; init; }

    public string? StudyDescription { get; init; }

    /// <summary>Every modality that made a series of it.</summary>
    public IReadOnlyList<string> Modalities { get; init; } = [];

    public int SeriesCount { get; init; }
    public int InstanceCount { get; init; }

    /// <summary>False while images may still be coming in (Orthanc's StableAge).</summary>
    public bool IsStable { get; init; }

    /// <summary>When something came last, in UTC.</summary>
    public DateTimeOffset? LastUpdate { get; init; }

    /// <summary>Opens it in the viewer.</summary>
    public required string ViewerUrl { get; init; }
}

/// <summary>A page of studies, in the order of Orthanc's ids, which never changes.</summary>
/// <param name="Studies">The studies.</param>
/// <param name="Total">How many fit the filter.</param>
/// <param name="Next">The cursor of the next page; null on the last one.</param>
/// <param name="Note">What the reader should know, for example that the archive cut the list; null for nothing.</param>
internal sealed record ArchiveStudyPage(IReadOnlyList<ArchiveStudy> Studies, int Total, string? Next, string? Note);
