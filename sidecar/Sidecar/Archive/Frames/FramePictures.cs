using Gantry.Sidecar.Archive.Studies;
using Orthanc.Net;

namespace Gantry.Sidecar.Archive.Frames;

/// <summary>Draws frames into answers.</summary>
internal sealed class FramePictures(OrthancClient orthanc)
{
    /// <summary>Draws a frame, handing the bytes on while they come.</summary>
    /// <exception cref="OrthancNotRenderableException">Nobody here can decode it; the answer has not begun.</exception>
    /// <exception cref="OrthancException">Orthanc is away, or refuses us.</exception>
    public async Task DrawAsync(FramePlace place, RenderOptions rendering, HttpResponse response, CancellationToken cancellationToken)
    {
        await using var drawn = await orthanc.Instances.ThumbnailAsync(
            place.InstanceId, frame: place.Frame, rendering: rendering, cancellationToken: cancellationToken);
        response.ContentType = FrameFormat.MediaType(rendering.Format);
        response.ContentLength = drawn.Length;
        await drawn.Content.CopyToAsync(response.Body, cancellationToken);
    }
}
