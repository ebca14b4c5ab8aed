using Gantry.Sidecar.Archive.Pictures;
using Gantry.Sidecar.Archive.Studies;
using Orthanc.Net;

namespace Gantry.Sidecar.Archive.Frames;

/// <summary>Draws frames into answers.</summary>
internal sealed class FramePictures(OrthancClient orthanc, OwnPictures own)
{
    /// <summary>Draws a frame, handing the bytes on while they come.</summary>
    /// <exception cref="PictureException">Nobody here can decode it; the answer has not begun.</exception>
    /// <exception cref="OrthancException">Orthanc is away, or refuses us.</exception>
    public async Task DrawAsync(FramePlace place, RenderOptions rendering, HttpResponse response, CancellationToken cancellationToken)
    {
        OrthancDownload? orthancs;
        try
        {
            orthancs = await orthanc.Instances.ThumbnailAsync(
                place.InstanceId, frame: place.Frame, rendering: rendering, cancellationToken: cancellationToken);
        }
        catch (OrthancNotRenderableException)
        {
            var picture = await own.DrawAsync(place.InstanceId, place.Frame, null, rendering, cancellationToken);
            response.ContentType = FrameFormat.MediaType(rendering.Format);
            response.ContentLength = picture.Length;
            await response.Body.WriteAsync(picture, cancellationToken);
            return;
        }
        await using var drawn = orthancs;
        response.ContentType = FrameFormat.MediaType(rendering.Format);
        response.ContentLength = drawn.Length;
        await drawn.Content.CopyToAsync(response.Body, cancellationToken);
    }
}
