namespace Orthanc.Net;

// Pixels, drawn by Orthanc or as they stand in the file
public sealed partial class OrthancInstances
{
    /// <summary>The number of frames.</summary>
    /// <exception cref="OrthancException">The call failed.</exception>
    public async Task<int> CountFramesAsync(string id, CancellationToken cancellationToken = default) =>
        (await Transport.GetJsonAsync(OrthancPath.Of(Folder, id, "frames"), OrthancJson.Default.ListInt32, cancellationToken)
            .ConfigureAwait(false)).Count;

    /// <summary>The image as a viewer would show it: windowed, scaled as asked.</summary>
    /// <param name="id">The instance.</param>
    /// <param name="rendering">Size, window and format; null for the full size as JPEG in the window of the file.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="OrthancNotRenderableException">This Orthanc cannot draw it.</exception>
    /// <exception cref="OrthancException">The call failed.</exception>
    public Task<OrthancDownload> RenderAsync(string id, RenderOptions? rendering = null, CancellationToken cancellationToken = default) =>
        DrawAsync(OrthancPath.Of(Folder, id, "rendered"), rendering, cancellationToken);

    /// <summary>The same of one frame.</summary>
    /// <param name="id">The instance.</param>
    /// <param name="frame">From 0.</param>
    /// <param name="rendering">Size, window and format.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="OrthancNotRenderableException">This Orthanc cannot draw it; 1.12 says so of a missing frame, too.</exception>
    /// <exception cref="OrthancNotFoundException">There is no such instance; in 1.10, or no such frame.</exception>
    /// <exception cref="OrthancException">The call failed.</exception>
    public Task<OrthancDownload> RenderFrameAsync(
        string id, int frame, RenderOptions? rendering = null, CancellationToken cancellationToken = default) =>
        DrawAsync(OrthancPath.Of(Folder, id, "frames", Frame(frame), "rendered"), rendering, cancellationToken);

    /// <summary>The image in full size, its own range of values stretched over 8 bits, whatever window the file names.</summary>
    /// <exception cref="OrthancNotRenderableException">This Orthanc cannot draw it.</exception>
    /// <exception cref="OrthancException">The call failed.</exception>
    public Task<OrthancDownload> PreviewAsync(string id, ImageFormat format = ImageFormat.Jpeg, CancellationToken cancellationToken = default) =>
        Transport.DownloadAsync(OrthancPath.Of(Folder, id, "preview"), format.MediaType(), answerTimeout: null, isRendering: true, cancellationToken);

    /// <summary>The bytes of one frame as they stand in the file: compressed if its transfer syntax is.</summary>
    /// <param name="id">The instance.</param>
    /// <param name="frame">From 0.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="OrthancAnswerException">There is no such frame (400).</exception>
    /// <exception cref="OrthancException">The call failed.</exception>
    public Task<OrthancDownload> DownloadFrameAsync(string id, int frame, CancellationToken cancellationToken = default) =>
        Transport.DownloadAsync(OrthancPath.Of(Folder, id, "frames", Frame(frame), "raw"), "*/*", answerTimeout: null, isRendering: false,
            cancellationToken);

    private Task<OrthancDownload> DrawAsync(string path, RenderOptions? rendering, CancellationToken cancellationToken)
    {
        rendering ??= RenderOptions.Default;
        return Transport.DownloadAsync(path + rendering.ToQuery(), rendering.Format.MediaType(), answerTimeout: null, isRendering: true,
            cancellationToken);
    }

    private static string Frame(int frame)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(frame);
        return ((int?)frame).Text()!;
    }
}
