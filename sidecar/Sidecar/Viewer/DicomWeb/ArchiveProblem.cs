using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gantry.Sidecar.Viewer.DicomWeb;

/// <summary>Says, where the viewer gets no answer from Orthanc, in which phase it failed and what to do.</summary>
internal static class ArchiveProblem
{
    /// <summary>Orthanc does not know us. Never the browser's 401: it would ask its user for a password that is not his.</summary>
    public static ProblemHttpResult CredentialsRefused(HttpStatusCode status) => TypedResults.Problem(
        $"Orthanc refused the gateway's own credentials ({(int)status}). Set ORTHANC_USERNAME and ORTHANC_PASSWORD to one of its RegisteredUsers.",
        statusCode: StatusCodes.Status502BadGateway, title: "authorize");

    /// <summary>The request failed before anything was answered.</summary>
    public static ProblemHttpResult Of(Exception error, string address, TimeSpan patience) => error switch
    {
        OperationCanceledException => TypedResults.Problem(
            FormattableString.Invariant($"Orthanc at {address} has not answered in {patience.TotalSeconds:0} s. It may be busy; try again."),
            statusCode: StatusCodes.Status504GatewayTimeout, title: "await reply"),
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => TypedResults.Problem(
            $"The host of {address} is unknown. Set ORTHANC_URL to Orthanc's address.",
            statusCode: StatusCodes.Status503ServiceUnavailable, title: "resolve"),
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError, InnerException: var inner } => TypedResults.Problem(
            $"Nothing answers at {address}{(inner is SocketException socket ? $" ({socket.SocketErrorCode})" : "")}. Is Orthanc running? Images are back as soon as it is.",
            statusCode: StatusCodes.Status503ServiceUnavailable, title: "connect"),
        _ => TypedResults.Problem(
            $"Orthanc at {address} broke off before it answered. It may be restarting; try again.",
            statusCode: StatusCodes.Status502BadGateway, title: "await reply"),
    };
}
