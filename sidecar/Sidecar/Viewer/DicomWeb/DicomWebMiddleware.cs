using Microsoft.AspNetCore.Http.Features;

namespace Gantry.Sidecar.Viewer.DicomWeb;

/// <summary>Takes DICOMweb requests out of the viewer's port: only what reads, and only what is DICOMweb.</summary>
internal sealed class DicomWebMiddleware(RequestDelegate next, DicomWebProxy proxy)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (!DicomWebPath.Concerns(context.Request.Path.Value ?? ""))
            return next(context);
        var method = context.Request.Method;
        if (!HttpMethods.IsGet(method) && !HttpMethods.IsHead(method))
        {
            context.Response.Headers.Allow = "GET, HEAD, OPTIONS";
            if (!HttpMethods.IsOptions(method))
                return Refuse(context, StatusCodes.Status405MethodNotAllowed, "The viewer only reads images: GET and HEAD.");
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        }
        return DicomWebPath.TryMap(context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget, out var target)
            ? proxy.PassAsync(context, target)
            : Refuse(context, StatusCodes.Status404NotFound, "This is no DICOMweb address: studies, series or instances of /dicom-web, or /wado.");
    }

    private static Task Refuse(HttpContext context, int status, string detail) =>
        TypedResults.Problem(detail, statusCode: status).ExecuteAsync(context);
}
