using System.Security.Cryptography;
using System.Text;
using Gantry.Dicom;
using Gantry.Sidecar.Archive.Pictures;
using Gantry.Sidecar.Archive.Studies;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using Orthanc.Net;

namespace Gantry.Sidecar.Archive.Frames;

/// <summary><c>/api/dicom/studies/{studyUid}/frames/{frameIndex}</c>: one frame as a picture.</summary>
internal static class FrameEndpoints
{
    public static void MapFrames(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/dicom/studies/{studyUid}/frames/{frameIndex:int}", DrawAsync).WithTags("Images").WithName("GetFrame")
            .WithSummary("One frame of a study as PNG or JPEG.")
            .WithDescription(
                "frameIndex counts all frames of the study from 0: series by number, instances by number, frames as they come "
                + "(GET /api/dicom/studies/{studyUid} lists them). The header Accept, or format=png or jpeg, says which picture is wanted. "
                + "windowCenter and windowWidth are in rescaled values; without them it is the window of the image, else its own range of "
                + "values. width and height keep the shape of the image.")
            .Produces(StatusCodes.Status200OK, contentType: "image/jpeg", additionalContentTypes: "image/png")
            .Produces(StatusCodes.Status304NotModified).ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status406NotAcceptable)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType).ProducesArchiveProblems();

    private static async Task<IResult> DrawAsync(
        string studyUid, int frameIndex, [AsParameters] FrameKeys keys, HttpContext context, StudyReader reader, FramePictures pictures,
        CancellationToken cancellationToken)
    {
        if (!DicomUid.IsValid(studyUid))
            return ArchiveProblems.NoUid(studyUid);
        if (FrameFormat.Choose(keys.Format, context.Request.GetTypedHeaders().Accept) is not { } format)
            return TypedResults.Problem("A frame can be had as image/jpeg or image/png.", statusCode: StatusCodes.Status406NotAcceptable);
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        var rendering = keys.Read(format, errors);
        if (errors.Count > 0)
            return TypedResults.ValidationProblem(errors);

        if (await reader.FramesAsync(studyUid, cancellationToken) is not { } frames)
            return ArchiveProblems.NoSuchStudy(studyUid);
        if (frameIndex < 0 || frameIndex >= frames.Count)
            return NoSuchFrame(studyUid, frameIndex, frames.Count);
        var (place, response) = (frames[frameIndex], context.Response);

        // The picture follows from the file and from how it is drawn; a browser may keep it if it asks before each use
        var tag = Tag(place, rendering);
        response.Headers.ETag = tag.ToString();
        response.Headers.CacheControl = "private, no-cache";
        response.Headers.Vary = "Accept";
        if (context.Request.GetTypedHeaders().IfNoneMatch.Any(known => known == EntityTagHeaderValue.Any || known.Compare(tag, useStrongComparison: false)))
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        try
        {
            await pictures.DrawAsync(place, rendering, response, cancellationToken);
            return TypedResults.Empty;
        }
        catch (Exception failure) when (failure is OrthancException or PictureException && !response.HasStarted)
        {
            // What is told instead is no picture, and is not to be kept
            response.Headers.Remove("ETag");
            response.Headers.CacheControl = "no-store";
            if (failure is PictureException)
                return TypedResults.Problem(failure.Message, statusCode: StatusCodes.Status415UnsupportedMediaType);
            throw;
        }
    }

    private static ProblemHttpResult NoSuchFrame(string studyUid, int frameIndex, int count) => TypedResults.Problem(
        count == 0 ? $"The study {studyUid} has no images."
            : FormattableString.Invariant($"The study {studyUid} has the frames 0 to {count - 1}; there is no {frameIndex}."),
        statusCode: StatusCodes.Status404NotFound);

    private static EntityTagHeaderValue Tag(FramePlace place, RenderOptions rendering)
    {
        var text = FormattableString.Invariant(
            $"{place.InstanceId} {place.FileUuid} {place.Frame} {rendering.Format} {rendering.Width} {rendering.Height} {rendering.Quality} {rendering.WindowCenter} {rendering.WindowWidth}");
        return new($"\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..24]}\"");
    }
}
