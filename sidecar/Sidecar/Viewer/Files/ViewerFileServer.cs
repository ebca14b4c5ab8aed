using Microsoft.AspNetCore.Http.Headers;
using Microsoft.Net.Http.Headers;

namespace Gantry.Sidecar.Viewer.Files;

/// <summary>Serves OHIF's files. A path without an extension is one of OHIF's own pages and gets its start page.</summary>
internal sealed class ViewerFileServer(ViewerFolder folder)
{
    public Task ServeAsync(HttpContext context)
    {
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
        {
            context.Response.Headers.Allow = "GET, HEAD";
            return Refuse(context, StatusCodes.Status405MethodNotAllowed, "The viewer is only read: GET and HEAD.");
        }
        if (folder.Current is not { } files)
            return ViewerMissingPage.WriteAsync(context, folder.Path);
        var path = context.Request.Path.Value ?? "/";
        var file = files.Find(path) ?? (Path.HasExtension(path) ? null : files.Start);
        return file is null ? Refuse(context, StatusCodes.Status404NotFound, "The viewer has no such file.") : SendAsync(context, file);
    }

    private static async Task SendAsync(HttpContext context, ViewerFile file)
    {
        var (response, headers) = (context.Response, context.Response.Headers);
        var (body, encoding) = Choose(context.Request, file);
        var tag = EntityTagHeaderValue.Parse(encoding is null ? file.EntityTag : $"{file.EntityTag[..^1]}-{encoding}\"");
        headers.ETag = tag.ToString();
        // no-cache: kept, but asked for each time, which costs an answer of 304
        headers.CacheControl = file.IsImmutable ? "public, max-age=31536000, immutable" : "no-cache";
        if (file.Brotli is not null || file.Gzip is not null)
            headers.Vary = HeaderNames.AcceptEncoding;
        if (new RequestHeaders(context.Request.Headers).IfNoneMatch.Any(known => known.Compare(tag, useStrongComparison: false)))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }
        if (encoding is not null)
            headers.ContentEncoding = encoding;
        response.ContentType = file.ContentType;
        response.ContentLength = new FileInfo(body).Length;
        if (!HttpMethods.IsHead(context.Request.Method))
            await response.SendFileAsync(body, context.RequestAborted);
    }

    private static (string Body, string? Encoding) Choose(HttpRequest request, ViewerFile file)
    {
        bool Accepts(string encoding) => new RequestHeaders(request.Headers).AcceptEncoding
            .Any(accepted => accepted.Value.Equals(encoding, StringComparison.OrdinalIgnoreCase) && accepted.Quality is not 0);
        return file.Brotli is not null && Accepts("br") ? (file.Brotli, "br")
            : file.Gzip is not null && Accepts("gzip") ? (file.Gzip, "gzip")
            : (file.Path, null);
    }

    private static Task Refuse(HttpContext context, int status, string detail) =>
        TypedResults.Problem(detail, statusCode: status).ExecuteAsync(context);
}
