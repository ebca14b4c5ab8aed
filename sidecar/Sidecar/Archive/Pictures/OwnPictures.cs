using Orthanc.Net;

namespace Gantry.Sidecar.Archive.Pictures;

/// <summary>Draws what Orthanc stores but cannot draw: JPEG 2000, decoded by OpenJPEG's program.</summary>
internal sealed class OwnPictures(OrthancClient orthanc) : IDisposable
{
    private const int UsualQuality = 90;

    // Each may hold a few hundred megabytes for a while
    private const int AtOnce = 2;

    // JPEG 2000 (PS3.5 A.4.4), its part 2 (A.4.5), and high throughput (A.4.11, OpenJPEG 2.5)
    private static readonly HashSet<string> Jpeg2000 = new(StringComparer.Ordinal)
    {
        "1.2.840.10008.1.2.4.90", "1.2.840.10008.1.2.4.91", "1.2.840.10008.1.2.4.92", "1.2.840.10008.1.2.4.93",
        "1.2.840.10008.1.2.4.201", "1.2.840.10008.1.2.4.202", "1.2.840.10008.1.2.4.203",
    };

    private readonly SemaphoreSlim _turns = new(AtOnce, AtOnce);

    /// <summary>Draws one frame as <see cref="OrthancInstances.ThumbnailAsync"/> would.</summary>
    /// <returns>The file, PNG or JPEG as asked for.</returns>
    /// <exception cref="PictureException">It cannot be decoded here either.</exception>
    /// <exception cref="OrthancException">Orthanc is away, or refuses us.</exception>
    public async Task<byte[]> DrawAsync(
        string instanceId, int frame, OrthancTags? tags, RenderOptions rendering, CancellationToken cancellationToken)
    {
        await _turns.WaitAsync(cancellationToken);
        try
        {
            return await DrawOneAsync(instanceId, frame, tags, rendering, cancellationToken);
        }
        finally
        {
            _turns.Release();
        }
    }

    public void Dispose() => _turns.Dispose();

    private async Task<byte[]> DrawOneAsync(
        string instanceId, int frame, OrthancTags? tags, RenderOptions rendering, CancellationToken cancellationToken)
    {
        var syntax = await orthanc.Instances.GetMetadataAsync(instanceId, "TransferSyntax", cancellationToken);
        if (syntax is null || !Jpeg2000.Contains(syntax.Trim()))
            throw new PictureException($"Nothing here decodes the image (transfer syntax {syntax?.Trim() ?? "unknown"}).");
        tags ??= await orthanc.Instances.GetSimplifiedTagsAsync(instanceId, cancellationToken);
        await using var compressed = await orthanc.Instances.DownloadFrameAsync(instanceId, frame, cancellationToken);
        var raster = await OpenJpeg.DecodeAsync(compressed.Content, rendering.Height, cancellationToken);
        var picture = Scaling.Fit(Windowing.Apply(raster, tags, rendering.WindowCenter, rendering.WindowWidth), rendering.Width, rendering.Height);
        return rendering.Format == ImageFormat.Png ? PngWriter.Write(picture) : JpegWriter.Write(picture, rendering.Quality ?? UsualQuality);
    }
}
