namespace Orthanc.Net;

/// <summary>
/// Talks to one Orthanc, 1.10 or 1.12, over its REST API. Safe for use by several threads at once. Failures are of
/// <see cref="OrthancException"/>; cancellation is <see cref="OperationCanceledException"/>.
/// </summary>
public sealed class OrthancClient
{
    /// <summary>A client on an HttpClient of the caller, who disposes it.</summary>
    /// <param name="http">Its handler should not follow redirects; its time-out should be infinite, as the options bound standstill.</param>
    /// <param name="options">Address, credentials and limits; null takes the address of <paramref name="http"/>.</param>
    /// <param name="time">The clock; null for that of the system.</param>
    /// <exception cref="ArgumentException">There is no address, or it holds a password.</exception>
    public OrthancClient(HttpClient http, OrthancClientOptions? options = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(http);
        var transport = new OrthancTransport(http, options ?? new OrthancClientOptions(), time ?? TimeProvider.System);
        Server = new OrthancServer(transport);
        Changes = new OrthancChanges(transport);
        Patients = new OrthancPatients(transport);
        Studies = new OrthancStudies(transport);
        Series = new OrthancAllSeries(transport);
        Instances = new OrthancInstances(transport);
        Tools = new OrthancTools(transport);
        Modalities = new OrthancModalities(transport);
        Jobs = new OrthancJobs(transport);
        StorageCommitment = new OrthancStorageCommitment(transport);
    }

    /// <summary>Version, statistics, plugins.</summary>
    public OrthancServer Server { get; }

    /// <summary>The feed of what happens.</summary>
    public OrthancChanges Changes { get; }

    /// <summary>Patients.</summary>
    public OrthancPatients Patients { get; }

    /// <summary>Studies.</summary>
    public OrthancStudies Studies { get; }

    /// <summary>Series.</summary>
    public OrthancAllSeries Series { get; }

    /// <summary>Instances: upload, files, tags, images.</summary>
    public OrthancInstances Instances { get; }

    /// <summary>Searching the index.</summary>
    public OrthancTools Tools { get; }

    /// <summary>Other DICOM nodes.</summary>
    public OrthancModalities Modalities { get; }

    /// <summary>Work in the background.</summary>
    public OrthancJobs Jobs { get; }

    /// <summary>Whether nodes keep what they were sent.</summary>
    public OrthancStorageCommitment StorageCommitment { get; }
}
