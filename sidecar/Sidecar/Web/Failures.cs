using System.Text.Json;
using Gantry.Sidecar.Archive;
using Gantry.Worklist;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Orthanc.Net;

namespace Gantry.Sidecar.Web;

/// <summary>The one place where an exception becomes a problem document (RFC 9457).</summary>
internal sealed class Failures(IProblemDetailsService problems, ILogger<Failures> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var problem = exception switch
        {
            BadHttpRequestException { InnerException: JsonException json } =>
                new ProblemDetails { Status = StatusCodes.Status400BadRequest, Detail = Sentence(json) },
            BadHttpRequestException bad => new ProblemDetails { Status = bad.StatusCode, Detail = bad.Message },
            WorklistStoreException { Failure: WorklistStoreFailure.InvalidValue } refused =>
                new ProblemDetails { Status = StatusCodes.Status400BadRequest, Detail = refused.Message },
            OrthancException archive => ArchiveProblems.Of(archive),
            WorklistStoreException store => new ProblemDetails { Status = StatusCodes.Status503ServiceUnavailable, Detail = store.Message },
            _ => new ProblemDetails { Status = StatusCodes.Status500InternalServerError, Detail = "The gateway's log says what went wrong." },
        };
        // The archive's state is logged once, where it is checked, not for each caller who meets it
        if (problem.Status >= 500 && exception is not OrthancException)
            Log.WebRequestFailed(logger, exception, httpContext.Request.Method, httpContext.Features.Get<IExceptionHandlerPathFeature>()?.Path ?? "");
        httpContext.Response.StatusCode = problem.Status!.Value;
        return await problems.TryWriteAsync(new() { HttpContext = httpContext, ProblemDetails = problem, Exception = exception });
    }

    /// <summary>Where in the body, without the body's own values.</summary>
    private static string Sentence(JsonException json) => json.Message.StartsWith("The JSON property", StringComparison.Ordinal)
        ? json.Message.Replace(typeof(NewOrder).FullName!, "an order", StringComparison.Ordinal)
        : FormattableString.Invariant(
            $"The body is no JSON that fits: see {json.Path ?? "$"}, line {json.LineNumber + 1}, byte {json.BytePositionInLine + 1}.");
}
