using Orthanc.Net;

namespace Gantry.Sidecar.Archive.Thumbnails;

/// <summary>Small pictures of images that Orthanc stores: what the cloud shows beside an appointment.</summary>
internal interface IThumbnails
{
    /// <summary>
    /// Draws the first frame 188 pixels high, as JPEG of quality 25, in the right window: that of the file, else the image's own
    /// smallest to largest value. An object that cannot be drawn (no pixels, no decoder, damaged) is a
    /// <see cref="Thumbnail.None"/>, never an exception.
    /// </summary>
    /// <param name="instanceId">Orthanc's id of the instance.</param>
    /// <param name="tags">Its simplified tags, if they are at hand; null fetches them.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="OrthancNotFoundException">There is no such instance; it may have been deleted.</exception>
    /// <exception cref="OrthancException">Orthanc is away or refuses us: try again later.</exception>
    Task<Thumbnail> MakeAsync(string instanceId, OrthancTags? tags, CancellationToken cancellationToken);
}
