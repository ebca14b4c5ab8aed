namespace Orthanc.Net;

/// <summary>How much a patient, study, series or instance holds. Counts of its own level and those above are null.</summary>
public sealed record OrthancResourceStatistics
{
    /// <summary>Number of studies, of a patient.</summary>
    public int? CountStudies { get; init; }

    /// <summary>Number of series, of a patient or study.</summary>
    public int? CountSeries { get; init; }

    /// <summary>Number of instances.</summary>
    public int? CountInstances { get; init; }

    /// <summary>Bytes on disk, of all attachments.</summary>
    public long DiskSize { get; init; }

    /// <summary>Bytes on disk, of the DICOM files alone.</summary>
    public long? DicomDiskSize { get; init; }
}
