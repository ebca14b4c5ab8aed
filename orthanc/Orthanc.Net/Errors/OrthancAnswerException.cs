using System.Net;

namespace Orthanc.Net;

/// <summary>
/// Orthanc answered with an error. <see cref="OrthancNotFoundException"/>, <see cref="OrthancUnauthorizedException"/> and
/// <see cref="OrthancNotRenderableException"/> are the ones a program can act on.
/// </summary>
public class OrthancAnswerException : OrthancException
{
    private protected OrthancAnswerException(OrthancRequest request, HttpStatusCode status, OrthancErrorBody? body, string wayOut)
        : base(request, OrthancPhase.AwaitReply, Reason(status, body, wayOut)) =>
        (StatusCode, OrthancMessage, Details, OrthancStatus) = (status, body?.Message, body?.Details, body?.OrthancStatus);

    /// <summary>The HTTP status.</summary>
    public HttpStatusCode StatusCode { get; }

    /// <summary>Orthanc's own words for the kind of error, for example 'Error in the network protocol'; null if it said nothing.</summary>
    public string? OrthancMessage { get; }

    /// <summary>
    /// What Orthanc adds with its setting HttpDescribeErrors; null if it said nothing. It can quote the request, so it is not
    /// part of the text of this error: show it, but do not log it.
    /// </summary>
    public string? Details { get; }

    /// <summary>Orthanc's number for the kind of error, for example 9 for the network protocol; null if it said nothing.</summary>
    public int? OrthancStatus { get; }

    /// <summary>The kind of error that belongs to an answer.</summary>
    internal static OrthancAnswerException From(
        OrthancRequest request, HttpStatusCode status, OrthancErrorBody? body, bool isRendering) => status switch
    {
        HttpStatusCode.NotFound => new OrthancNotFoundException(request, body),
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new OrthancUnauthorizedException(request, status, body),
        HttpStatusCode.UnsupportedMediaType when isRendering => new OrthancNotRenderableException(request, body),
        HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.InsufficientStorage =>
            new(request, status, body, "Make room on the disk of the archive, or raise its limits."),
        _ => new(request, status, body, "Orthanc's log says more."),
    };

    private static string Reason(HttpStatusCode status, OrthancErrorBody? body, string wayOut) =>
        $"Orthanc answered {(int)status}{(body?.Message is { } message ? $", '{message}'" : "")}. {wayOut}";
}

/// <summary>404: there is no such resource, frame, modality, job or item; or this Orthanc does not know the call.</summary>
public sealed class OrthancNotFoundException : OrthancAnswerException
{
    internal OrthancNotFoundException(OrthancRequest request, OrthancErrorBody? body)
        : base(request, HttpStatusCode.NotFound, body, "It may have been deleted.")
    {
    }
}

/// <summary>401 or 403: user name or password are wrong, or the user may not do this.</summary>
public sealed class OrthancUnauthorizedException : OrthancAnswerException
{
    internal OrthancUnauthorizedException(OrthancRequest request, HttpStatusCode status, OrthancErrorBody? body)
        : base(request, status, body, "Check user name and password (RegisteredUsers in orthanc.json), and RemoteAccessAllowed.")
    {
    }
}

/// <summary>415: this Orthanc cannot draw the image, most often because it has no decoder for its transfer syntax.</summary>
public sealed class OrthancNotRenderableException : OrthancAnswerException
{
    internal OrthancNotRenderableException(OrthancRequest request, OrthancErrorBody? body)
        : base(request, HttpStatusCode.UnsupportedMediaType, body, "The image cannot be rendered; its file can still be downloaded.")
    {
    }
}
