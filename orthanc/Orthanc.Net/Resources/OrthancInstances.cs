namespace Orthanc.Net;

/// <summary>/instances: upload, files and tags. Images are in OrthancInstances.Images.cs.</summary>
public sealed partial class OrthancInstances : OrthancResources<OrthancInstance>
{
    internal OrthancInstances(OrthancTransport transport)
        : base(transport, "instances", OrthancJson.Default.OrthancInstance, OrthancJson.Default.ListOrthancInstance)
    {
    }

    /// <summary>Stores a DICOM file, read from where the stream stands while it is sent. It is safe to send the same file again.</summary>
    /// <exception cref="OrthancAnswerException">Orthanc refused it: 400 is no DICOM file, 507 a full disk.</exception>
    /// <exception cref="OrthancException">The call failed.</exception>
    public Task<OrthancUpload> UploadAsync(Stream dicom, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(dicom);
        return Transport.SendStreamAsync(Folder, dicom, "application/dicom", OrthancJson.Default.OrthancUpload, cancellationToken);
    }

    /// <summary>The DICOM file.</summary>
    /// <exception cref="OrthancException">The call failed.</exception>
    public Task<OrthancDownload> DownloadAsync(string id, CancellationToken cancellationToken = default) =>
        Transport.DownloadAsync(OrthancPath.Of(Folder, id, "file"), "*/*", answerTimeout: null, isRendering: false, cancellationToken);

    /// <summary>All tags, by 'gggg,eeee' in lower case, with name and type. Pixel data and long binary values are left out.</summary>
    /// <exception cref="OrthancException">The call failed.</exception>
    public async Task<IReadOnlyDictionary<string, OrthancTag>> GetTagsAsync(string id, CancellationToken cancellationToken = default) =>
        await Transport.GetJsonAsync(OrthancPath.Of(Folder, id, "tags"), OrthancJson.Default.DictionaryStringOrthancTag, cancellationToken)
            .ConfigureAwait(false);

    /// <summary>All tags that have a keyword, by keyword.</summary>
    /// <exception cref="OrthancException">The call failed.</exception>
    public Task<OrthancTags> GetSimplifiedTagsAsync(string id, CancellationToken cancellationToken = default) =>
        Transport.GetTagsAsync(OrthancPath.Of(Folder, id, "simplified-tags"), cancellationToken);

    /// <summary>The file meta information (group 0002), as <see cref="GetTagsAsync"/> shows tags.</summary>
    /// <exception cref="OrthancException">The call failed.</exception>
    public async Task<IReadOnlyDictionary<string, OrthancTag>> GetHeaderAsync(string id, CancellationToken cancellationToken = default) =>
        await Transport.GetJsonAsync(OrthancPath.Of(Folder, id, "header"), OrthancJson.Default.DictionaryStringOrthancTag, cancellationToken)
            .ConfigureAwait(false);
}
