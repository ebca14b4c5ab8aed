using System.Runtime.CompilerServices;
using System.Text.Json.Serialization.Metadata;

namespace Orthanc.Net;

/// <summary>What can be done with the resources of one level. An id that Orthanc does not know: <see cref="OrthancNotFoundException"/>.</summary>
/// <typeparam name="T">What a resource of this level looks like.</typeparam>
public abstract class OrthancResources<T>
    where T : OrthancResource
{
    private readonly JsonTypeInfo<T> _type;
    private readonly JsonTypeInfo<List<T>> _listType;

    private protected OrthancResources(OrthancTransport transport, string folder, JsonTypeInfo<T> type, JsonTypeInfo<List<T>> listType) =>
        (Transport, Folder, _type, _listType) = (transport, folder, type, listType);

    private protected OrthancTransport Transport { get; }

    /// <summary>The folder in the REST API, for example studies.</summary>
    private protected string Folder { get; }

    /// <summary>The ids of all of them; in a large archive use a page.</summary>
    /// <exception cref="OrthancException">The call failed.</exception>
    public async Task<IReadOnlyList<string>> ListIdsAsync(CancellationToken cancellationToken = default) =>
        await Transport.GetJsonAsync(Folder, OrthancJson.Default.ListString, cancellationToken).ConfigureAwait(false);

    /// <summary>A page of ids.</summary>
    /// <param name="since">How many to leave out.</param>
    /// <param name="limit">How many at most, from 1.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="OrthancException">The call failed.</exception>
    public async Task<IReadOnlyList<string>> ListIdsAsync(int since, int limit, CancellationToken cancellationToken = default) =>
        await Transport.GetJsonAsync(Page(since, limit), OrthancJson.Default.ListString, cancellationToken).ConfigureAwait(false);

    /// <summary>A page of resources with their main tags.</summary>
    /// <inheritdoc cref="ListIdsAsync(int, int, CancellationToken)"/>
    public async Task<IReadOnlyList<T>> ListAsync(int since, int limit, CancellationToken cancellationToken = default) =>
        await Transport.GetJsonAsync(Page(since, limit).WithQuery(("expand", "")), _listType, cancellationToken).ConfigureAwait(false);

    /// <summary>All of them, page by page. What is deleted meanwhile moves the pages, so use the change feed to miss nothing.</summary>
    /// <param name="pageSize">How many are asked for at a time, from 1.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="OrthancException">A call failed.</exception>
    public async IAsyncEnumerable<T> AllAsync(int pageSize = 100, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        for (var since = 0; ; since += pageSize)
        {
            var page = await ListAsync(since, pageSize, cancellationToken).ConfigureAwait(false);
            foreach (var resource in page)
                yield return resource;
            if (page.Count < pageSize)
                yield break;
        }
    }

    /// <summary>One of them.</summary>
    /// <exception cref="OrthancNotFoundException">There is none with this id.</exception>
    /// <exception cref="OrthancException">The call failed.</exception>
    public Task<T> GetAsync(string id, CancellationToken cancellationToken = default) =>
        Transport.GetJsonAsync(OrthancPath.Of(Folder, id), _type, cancellationToken);

    /// <summary>One of them; null if there is none with this id.</summary>
    /// <exception cref="OrthancException">The call failed otherwise.</exception>
    public async Task<T?> TryGetAsync(string id, CancellationToken cancellationToken = default)
    {
        try
        {
            return await GetAsync(id, cancellationToken).ConfigureAwait(false);
        }
        catch (OrthancNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Deletes it with everything below it; what becomes empty above goes, too.</summary>
    /// <exception cref="OrthancException">The call failed.</exception>
    public Task DeleteAsync(string id, CancellationToken cancellationToken = default) =>
        Transport.SendOnlyAsync(HttpMethod.Delete, OrthancPath.Of(Folder, id), content: null, answerTimeout: null, cancellationToken);

    /// <summary>How much it holds.</summary>
    /// <exception cref="OrthancException">The call failed.</exception>
    public Task<OrthancResourceStatistics> GetStatisticsAsync(string id, CancellationToken cancellationToken = default) =>
        Transport.GetJsonAsync(OrthancPath.Of(Folder, id, "statistics"), OrthancJson.Default.OrthancResourceStatistics, cancellationToken);

    /// <summary>What Orthanc noted about it (ReceptionDate, RemoteAET, TransferSyntax, ...), by name.</summary>
    /// <exception cref="OrthancException">The call failed.</exception>
    public async Task<IReadOnlyDictionary<string, string>> GetMetadataAsync(string id, CancellationToken cancellationToken = default) =>
        await Transport.GetJsonAsync(OrthancPath.Of(Folder, id, "metadata").WithQuery(("expand", "")),
            OrthancJson.Default.DictionaryStringString, cancellationToken).ConfigureAwait(false);

    /// <summary>One note about it; null if there is none of this name (or no such resource).</summary>
    /// <exception cref="OrthancException">The call failed otherwise.</exception>
    public async Task<string?> GetMetadataAsync(string id, string name, CancellationToken cancellationToken = default)
    {
        try
        {
            return await Transport.GetTextAsync(OrthancPath.Of(Folder, id, "metadata", name), cancellationToken).ConfigureAwait(false);
        }
        catch (OrthancNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Writes a note: the name of one registered in orthanc.json (UserMetadata), or a number from 1024.</summary>
    /// <exception cref="OrthancException">The call failed.</exception>
    public async Task SetMetadataAsync(string id, string name, string value, CancellationToken cancellationToken = default)
    {
        using var content = new StringContent(value);
        await Transport.SendOnlyAsync(HttpMethod.Put, OrthancPath.Of(Folder, id, "metadata", name), content, answerTimeout: null,
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Names of its attachments.</summary>
    /// <exception cref="OrthancException">The call failed.</exception>
    public async Task<IReadOnlyList<string>> ListAttachmentsAsync(string id, CancellationToken cancellationToken = default) =>
        await Transport.GetJsonAsync(OrthancPath.Of(Folder, id, "attachments"), OrthancJson.Default.ListString, cancellationToken)
            .ConfigureAwait(false);

    /// <summary>Sizes and checksum of an attachment.</summary>
    /// <exception cref="OrthancException">The call failed.</exception>
    public Task<OrthancAttachment> GetAttachmentAsync(string id, string name, CancellationToken cancellationToken = default) =>
        Transport.GetJsonAsync(OrthancPath.Of(Folder, id, "attachments", name, "info"), OrthancJson.Default.OrthancAttachment, cancellationToken);

    /// <summary>The content of an attachment.</summary>
    /// <exception cref="OrthancException">The call failed.</exception>
    public Task<OrthancDownload> DownloadAttachmentAsync(string id, string name, CancellationToken cancellationToken = default) =>
        Transport.DownloadAsync(OrthancPath.Of(Folder, id, "attachments", name, "data"), "*/*", answerTimeout: null, isRendering: false,
            cancellationToken);

    private string Page(int since, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(since);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        // 1.10 wants both or none
        return Folder.WithQuery(("since", ((int?)since).Text()), ("limit", ((int?)limit).Text()));
    }
}
