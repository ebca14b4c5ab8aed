using System.Net;
using Gantry.Sidecar.Archive.Pictures;
using Orthanc.Net;

namespace Gantry.Sidecar.Archive.Thumbnails;

/// <summary>Thumbnails drawn by Orthanc, or by us where it has no decoder; a few at a time so that a full change feed does not starve the radiologists.</summary>
internal sealed class OrthancThumbnails(OrthancClient orthanc, OwnPictures own) : IThumbnails, IDisposable
{
    private const int AtOnce = 4;
    private const int LongestJpeg = 1 << 20;

    private readonly SemaphoreSlim _turns = new(AtOnce, AtOnce);

    public async Task<Thumbnail> MakeAsync(string instanceId, OrthancTags? tags, CancellationToken cancellationToken)
    {
        await _turns.WaitAsync(cancellationToken);
        try
        {
            tags ??= await orthanc.Instances.GetSimplifiedTagsAsync(instanceId, cancellationToken);
            if (!tags.Contains("PixelData"))
                return new Thumbnail.None("The object holds no image.");
            var jpeg = await DrawAsync(instanceId, tags, cancellationToken);
            return JpegSize.TryRead(jpeg, out var width, out var height)
                ? new Thumbnail.Picture(jpeg, width, height)
                : new Thumbnail.None("Orthanc drew something that is no JPEG.");
        }
        catch (PictureException undecodable)
        {
            return new Thumbnail.None(undecodable.Message);
        }
        catch (OrthancAnswerException refused) when (IsAboutTheImage(refused.StatusCode))
        {
            return new Thumbnail.None($"Orthanc cannot draw the image: it answered {(int)refused.StatusCode}.");
        }
        finally
        {
            _turns.Release();
        }
    }

    public void Dispose() => _turns.Dispose();

    private async Task<byte[]> DrawAsync(string instanceId, OrthancTags tags, CancellationToken cancellationToken)
    {
        try
        {
            await using var drawn = await orthanc.Instances.ThumbnailAsync(instanceId, tags, cancellationToken: cancellationToken);
            return await drawn.ReadAllAsync(LongestJpeg, cancellationToken);
        }
        catch (OrthancNotRenderableException)
        {
            return await own.DrawAsync(instanceId, 0, tags, RenderOptions.Thumbnail, cancellationToken);
        }
        catch (OrthancFormatException strange)
        {
            // Its tags were understood just now, so it is Orthanc that answers
            throw new PictureException("What Orthanc drew is no picture, or is too long.", strange);
        }
    }

    /// <summary>A status that would be the same at the next try; the others tell of Orthanc's state, or of our sign-in.</summary>
    private static bool IsAboutTheImage(HttpStatusCode status) => status is HttpStatusCode.BadRequest or HttpStatusCode.InternalServerError
        or HttpStatusCode.UnsupportedMediaType or HttpStatusCode.UnprocessableEntity or HttpStatusCode.NotImplemented;
}
