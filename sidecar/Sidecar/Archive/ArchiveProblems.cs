using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Orthanc.Net;

namespace Gantry.Sidecar.Archive;

/// <summary>What goes wrong between a caller and the archive, as problem documents (RFC 9457).</summary>
internal static class ArchiveProblems
{
    /// <summary>An error of Orthanc as the caller is told it: whose fault it is decides the status.</summary>
    public static ProblemDetails Of(OrthancException error) => new()
    {
        Status = error switch
        {
            OrthancNotFoundException => StatusCodes.Status404NotFound,
            OrthancNotRenderableException => StatusCodes.Status415UnsupportedMediaType,
            OrthancConnectionException => StatusCodes.Status503ServiceUnavailable,
            _ => StatusCodes.Status502BadGateway,
        },
        Detail = $"The archive: {error.Message}",
    };

    /// <summary>503: the settings say that there is no archive.</summary>
    public static ProblemHttpResult SwitchedOff() => TypedResults.Problem(
        "This gateway has no archive: Orthanc:Enabled is false.", statusCode: StatusCodes.Status503ServiceUnavailable);

    public static ProblemHttpResult NoUid(string text) => TypedResults.Problem(
        $"'{(text.Length > 64 ? text[..64] : text)}' is no UID: digits and dots, 64 characters at most.", statusCode: StatusCodes.Status400BadRequest);

    public static ProblemHttpResult NoSuchStudy(string studyUid) => TypedResults.Problem(
        $"The archive has no study {studyUid}.", statusCode: StatusCodes.Status404NotFound);

    /// <summary>Describes the answers that every call to the archive may give.</summary>
    public static RouteHandlerBuilder ProducesArchiveProblems(this RouteHandlerBuilder route) => route
        .ProducesProblem(StatusCodes.Status502BadGateway).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
}
