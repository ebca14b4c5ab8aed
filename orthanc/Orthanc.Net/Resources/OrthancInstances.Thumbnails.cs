using System.Globalization;

namespace Orthanc.Net;

// Thumbnails in the right window
public sealed partial class OrthancInstances
{
    /// <summary>
    /// A small image in the right window: the one of the file, else the image's own smallest to largest value without its padding.
    /// (Orthanc alone takes the whole range of the bits where the file names no window, which leaves most images nearly black.)
    /// </summary>
    /// <param name="id">The instance.</param>
    /// <param name="tags">Its simplified tags, if they are at hand; null fetches them.</param>
    /// <param name="frame">From 0.</param>
    /// <param name="rendering">Size and format; null for <see cref="RenderOptions.Thumbnail"/>. A window in it is kept.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    /// <exception cref="OrthancNotRenderableException">This Orthanc cannot draw it; there is no preview then.</exception>
    /// <exception cref="OrthancNotFoundException">There is no such instance.</exception>
    /// <exception cref="OrthancException">A call failed.</exception>
    public async Task<OrthancDownload> ThumbnailAsync(string id, OrthancTags? tags = null, int frame = 0, RenderOptions? rendering = null,
        CancellationToken cancellationToken = default)
    {
        rendering ??= RenderOptions.Thumbnail;
        tags ??= await GetSimplifiedTagsAsync(id, cancellationToken).ConfigureAwait(false);
        if (NeedsWindow(tags, rendering) && await MeasureAsync(id, frame, tags, cancellationToken).ConfigureAwait(false) is { } range)
        {
            // Modality LUT, PS3.3 C.11.1.1.2: the window stands in rescaled values
            var (slope, intercept) = (Number(tags, "RescaleSlope") ?? 1, Number(tags, "RescaleIntercept") ?? 0);
            rendering = rendering with
            {
                WindowCenter = (slope * (range.Smallest + (double)range.Largest) / 2) + intercept,
                WindowWidth = Math.Max(1, Math.Abs(slope) * ((double)range.Largest - range.Smallest)),
            };
        }
        return await RenderFrameAsync(id, frame, rendering, cancellationToken).ConfigureAwait(false);
    }

    private static bool NeedsWindow(OrthancTags tags, RenderOptions rendering) => rendering.WindowCenter is null
        && tags["PhotometricInterpretation"]?.StartsWith("MONOCHROME", StringComparison.Ordinal) == true
        && (tags["WindowCenter"] is null || tags["WindowWidth"] is null);

    /// <summary>Null if Orthanc does not tell the values; the image is drawn as Orthanc likes then.</summary>
    private async Task<PixelRange?> MeasureAsync(string id, int frame, OrthancTags tags, CancellationToken cancellationToken)
    {
        var isSigned = tags["PixelRepresentation"] == "1";
        try
        {
            var path = OrthancPath.Of(Folder, id, "frames", Frame(frame), isSigned ? "image-int16" : "image-uint16");
            var map = await Transport.DownloadAsync(
                path, ImageFormat.Pam.MediaType(), answerTimeout: null, isRendering: true, cancellationToken).ConfigureAwait(false);
            await using (map.ConfigureAwait(false))
            {
                return await PixelRange.ReadAsync(map.Content, isSigned, (int?)Number(tags, "PixelPaddingValue"), cancellationToken)
                    .ConfigureAwait(false);
            }
        }
        catch (OrthancAnswerException)
        {
            // Whether it can be drawn is for the drawing to say
            return null;
        }
    }

    private static double? Number(OrthancTags tags, string keyword) =>
        double.TryParse(tags[keyword]?.Split('\\')[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number : null;
}
