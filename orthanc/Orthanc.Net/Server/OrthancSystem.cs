namespace Orthanc.Net;

/// <summary>GET /system: which Orthanc answers. What 1.10 does not tell is null.</summary>
public sealed record OrthancSystem
{
    /// <summary>For example 1.12.7.</summary>
    public required string Version { get; init; }

    /// <summary>Version of the REST API, for example 16 (Orthanc 1.10.1).</summary>
    public int? ApiVersion { get; init; }

    /// <summary>Version of the schema of the index.</summary>
    public int? DatabaseVersion { get; init; }

    /// <summary>The name in orthanc.json.</summary>
    public string? Name { get; init; }

    /// <summary>The AE title.</summary>
    public string? DicomAet { get; init; }

    /// <summary>The DICOM port.</summary>
    public int? DicomPort { get; init; }

    /// <summary>The port of the REST API.</summary>
    public int? HttpPort { get; init; }

    /// <summary>True if it speaks HTTPS, or asks for a password.</summary>
    public bool? IsHttpServerSecure { get; init; }

    /// <summary>True if this build can load plugins.</summary>
    public bool? PluginsEnabled { get; init; }

    /// <summary>Path of the plugin that holds the index, for example PostgreSQL; null for SQLite.</summary>
    public string? DatabaseBackendPlugin { get; init; }

    /// <summary>Path of the plugin that holds the files; null for the file system.</summary>
    public string? StorageAreaPlugin { get; init; }

    /// <summary>True if changes need the revision they are based on.</summary>
    public bool? CheckRevisions { get; init; }

    /// <summary>True if a second copy of an instance replaces the first (1.11 and later).</summary>
    public bool? OverwriteInstances { get; init; }

    /// <summary>True if files are compressed on disk (1.11 and later).</summary>
    public bool? StorageCompression { get; init; }

    /// <summary>True if it takes no images (1.12.5 and later).</summary>
    public bool? ReadOnly { get; init; }

    /// <summary>True if the index keeps labels (1.12 and later).</summary>
    public bool? HasLabels { get; init; }

    /// <summary>Most megabytes it stores; 0 is no limit (1.11.3 and later).</summary>
    public long? MaximumStorageSize { get; init; }

    /// <summary>Most patients it stores; 0 is no limit (1.12.4 and later).</summary>
    public int? MaximumPatientCount { get; init; }
}
