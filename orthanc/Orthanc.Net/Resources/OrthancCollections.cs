using System.Text.Json.Serialization.Metadata;

namespace Orthanc.Net;

/// <summary>Patients, studies and series: resources that hold others.</summary>
/// <typeparam name="T">What a resource of this level looks like.</typeparam>
public abstract class OrthancCollections<T> : OrthancResources<T>
    where T : OrthancResource
{
    private protected OrthancCollections(OrthancTransport transport, string folder, JsonTypeInfo<T> type, JsonTypeInfo<List<T>> listType)
        : base(transport, folder, type, listType)
    {
    }

    /// <summary>All its instances.</summary>
    /// <exception cref="OrthancException">The call failed.</exception>
    public Task<IReadOnlyList<OrthancInstance>> ListInstancesAsync(string id, CancellationToken cancellationToken = default) =>
        ChildrenAsync(id, "instances", OrthancJson.Default.ListOrthancInstance, cancellationToken);

    /// <summary>The tags that all its instances have in common, with their values.</summary>
    /// <exception cref="OrthancException">The call failed.</exception>
    public Task<OrthancTags> GetSharedTagsAsync(string id, CancellationToken cancellationToken = default) =>
        Transport.GetTagsAsync(OrthancPath.Of(Folder, id, "shared-tags").WithQuery(("simplify", "")), cancellationToken);

    /// <summary>All its files in one ZIP archive, made while it is sent.</summary>
    /// <exception cref="OrthancException">The call failed.</exception>
    public Task<OrthancDownload> DownloadArchiveAsync(string id, CancellationToken cancellationToken = default) =>
        Transport.DownloadAsync(OrthancPath.Of(Folder, id, "archive"), "*/*", Transport.Options.ModalityTimeout, isRendering: false, cancellationToken);

    private protected async Task<IReadOnlyList<TChild>> ChildrenAsync<TChild>(
        string id, string folder, JsonTypeInfo<List<TChild>> type, CancellationToken cancellationToken) =>
        await Transport.GetJsonAsync(OrthancPath.Of(Folder, id, folder), type, cancellationToken).ConfigureAwait(false);
}

/// <summary>/patients.</summary>
public sealed class OrthancPatients : OrthancCollections<OrthancPatient>
{
    internal OrthancPatients(OrthancTransport transport)
        : base(transport, "patients", OrthancJson.Default.OrthancPatient, OrthancJson.Default.ListOrthancPatient)
    {
    }

    /// <summary>The studies of a patient.</summary>
    /// <exception cref="OrthancException">The call failed.</exception>
    public Task<IReadOnlyList<OrthancStudy>> ListStudiesAsync(string id, CancellationToken cancellationToken = default) =>
        ChildrenAsync(id, "studies", OrthancJson.Default.ListOrthancStudy, cancellationToken);
}

/// <summary>/studies.</summary>
public sealed class OrthancStudies : OrthancCollections<OrthancStudy>
{
    internal OrthancStudies(OrthancTransport transport)
        : base(transport, "studies", OrthancJson.Default.OrthancStudy, OrthancJson.Default.ListOrthancStudy)
    {
    }

    /// <summary>The series of a study.</summary>
    /// <exception cref="OrthancException">The call failed.</exception>
    public Task<IReadOnlyList<OrthancSeries>> ListSeriesAsync(string id, CancellationToken cancellationToken = default) =>
        ChildrenAsync(id, "series", OrthancJson.Default.ListOrthancSeries, cancellationToken);
}

/// <summary>/series.</summary>
public sealed class OrthancAllSeries : OrthancCollections<OrthancSeries>
{
    internal OrthancAllSeries(OrthancTransport transport)
        : base(transport, "series", OrthancJson.Default.OrthancSeries, OrthancJson.Default.ListOrthancSeries)
    {
    }
}
