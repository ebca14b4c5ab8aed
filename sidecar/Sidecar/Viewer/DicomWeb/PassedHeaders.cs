using System.Net.Http.Headers;
using Microsoft.Net.Http.Headers;

namespace Gantry.Sidecar.Viewer.DicomWeb;

/// <summary>Which headers go through. To Orthanc only those that ask for something; from Orthanc all but those of the connection and of its sign-in.</summary>
internal static class PassedHeaders
{
    // A list of what may pass, since cookies and credentials of the browser are none of Orthanc's business
    private static readonly string[] ToArchive =
    [
        HeaderNames.Accept, HeaderNames.AcceptEncoding, HeaderNames.AcceptLanguage, HeaderNames.Range, HeaderNames.IfRange,
        HeaderNames.IfMatch, HeaderNames.IfNoneMatch, HeaderNames.IfModifiedSince, HeaderNames.IfUnmodifiedSince,
    ];

    // RFC 9110 7.6.1; WWW-Authenticate would make the browser ask for a password, and OHIF hang
    private static readonly HashSet<string> Kept = new(StringComparer.OrdinalIgnoreCase)
    {
        HeaderNames.Connection, HeaderNames.KeepAlive, HeaderNames.ProxyConnection, HeaderNames.TransferEncoding, HeaderNames.TE, HeaderNames.Trailer,
        HeaderNames.Upgrade, HeaderNames.ProxyAuthenticate, HeaderNames.ProxyAuthorization, HeaderNames.WWWAuthenticate,
        HeaderNames.SetCookie, HeaderNames.Server, HeaderNames.AltSvc,
        // Ours stand already
        HeaderNames.ContentSecurityPolicy, HeaderNames.XContentTypeOptions, "Cross-Origin-Opener-Policy", "Cross-Origin-Embedder-Policy",
        "Cross-Origin-Resource-Policy", HeaderNames.AccessControlAllowOrigin, HeaderNames.AccessControlAllowCredentials,
    };

    public static void CopyToArchive(HttpRequest from, HttpRequestMessage to)
    {
        foreach (var name in ToArchive)
        {
            if (from.Headers.TryGetValue(name, out var values))
                to.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
        }
        // No quotation marks, which Orthanc would take for a part of the name.
        // Orthanc writes addresses of pixel and bulk data into its answers: the browser's way to us, not our way to Orthanc
        to.Headers.Host = from.Host.Value;
        to.Headers.TryAddWithoutValidation("Forwarded", $"host={from.Host.Value};proto={from.Scheme}");
    }

    public static void CopyToBrowser(HttpResponseMessage from, HttpResponse to)
    {
        Copy(from.Headers, from.Headers.Connection, to);
        Copy(from.Content.Headers, from.Headers.Connection, to);
    }

    private static void Copy(HttpHeaders headers, HttpHeaderValueCollection<string> named, HttpResponse to)
    {
        foreach (var (name, values) in headers.NonValidated)
        {
            if (!Kept.Contains(name) && !named.Contains(name, StringComparer.OrdinalIgnoreCase))
                to.Headers[name] = values.ToArray();
        }
    }
}
