namespace Orthanc.Net;

/// <summary>GET /statistics: how much is stored.</summary>
public sealed record OrthancStatistics
{
    /// <summary>Number of patients.</summary>
    public required long CountPatients { get; init; }

    /// <summary>Number of studies.</summary>
    public required long CountStudies { get; init; }

    /// <summary>Number of series.</summary>
    public required long CountSeries { get; init; }

    /// <summary>Number of instances.</summary>
    public required long CountInstances { get; init; }

    /// <summary>Bytes on disk.</summary>
    public required long TotalDiskSize { get; init; }

    /// <summary>Bytes before compression.</summary>
    public required long TotalUncompressedSize { get; init; }
}
