using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Gantry.Sidecar.Settings;
using Microsoft.AspNetCore.Http.Features;

namespace Gantry.Sidecar.Viewer.DicomWeb;

/// <summary>
/// Passes a request on to Orthanc with the gateway's own credentials and the answer back as it comes, piece by piece: a series of
/// any size takes one buffer. A browser that goes away ends the request at Orthanc too.
/// </summary>
internal sealed class DicomWebProxy(IHttpClientFactory clients, SidecarSettings settings, TimeProvider time)
{
    public const string ClientName = "viewer to Orthanc";

    private const int BufferLength = 128 * 1024;

    private readonly Uri _archive = new(settings.Orthanc.Url.TrimEnd('/'));

    private readonly AuthenticationHeaderValue? _credentials = settings.Orthanc.Username.Length == 0 ? null
        : new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{settings.Orthanc.Username}:{settings.Orthanc.Password}")));

    public static SocketsHttpHandler CreateHandler(ViewerOptions viewer) => new()
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        UseCookies = false,
        UseProxy = false,
        ConnectTimeout = viewer.ConnectTimeout,
        // Orthanc serves 50 requests at once; the gateway's own go past the viewer's
        MaxConnectionsPerServer = viewer.MaximumRequests,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        ActivityHeadersPropagator = null,
    };

    /// <summary>Answers a request with what Orthanc answers.</summary>
    /// <param name="context">The browser's request.</param>
    /// <param name="target">Path and query at Orthanc, checked.</param>
    public async Task PassAsync(HttpContext context, string target)
    {
        var browserGone = context.RequestAborted;
        // One timer for everything that waits: set anew before each wait
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(browserGone);
        using var waiting = time.CreateTimer(_ => patience.Cancel(), null, settings.Viewer.ArchiveTimeout, Timeout.InfiniteTimeSpan);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_archive.AbsoluteUri.TrimEnd('/') + target));
            request.Headers.Authorization = _credentials;
            PassedHeaders.CopyToArchive(context.Request, request);
            var http = clients.CreateClient(ClientName);
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            if (answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
                await ArchiveProblem.CredentialsRefused(answer.StatusCode).ExecuteAsync(context);
            else
                await AnswerAsync(context, answer, waiting, patience.Token);
        }
        catch (OperationCanceledException) when (browserGone.IsCancellationRequested)
        {
            // Nobody is there to be told
        }
        catch (Exception error) when (error is HttpRequestException or IOException or OperationCanceledException)
        {
            // Half an answer must not look like a whole one: the connection is cut
            if (context.Response.HasStarted)
                context.Abort();
            else
                await ArchiveProblem.Of(error, settings.Orthanc.Url, settings.Viewer.ArchiveTimeout).ExecuteAsync(context);
        }
    }

    private async Task AnswerAsync(HttpContext context, HttpResponseMessage answer, ITimer waiting, CancellationToken cancellationToken)
    {
        var response = context.Response;
        response.StatusCode = (int)answer.StatusCode;
        PassedHeaders.CopyToBrowser(answer, response);
        // Patient data: no cache on the way keeps it, and the browser asks again
        response.Headers.CacheControl = "private, no-cache";
        if (HttpMethods.IsHead(context.Request.Method))
            return;
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        await using var body = await answer.Content.ReadAsStreamAsync(cancellationToken);
        await CopyAsync(body, response.Body, waiting, cancellationToken);
    }

    /// <summary>Reads the next piece while the last one is written: two buffers, whatever the length.</summary>
    private async Task CopyAsync(Stream from, Stream to, ITimer waiting, CancellationToken cancellationToken)
    {
        var (next, last) = (ArrayPool<byte>.Shared.Rent(BufferLength), ArrayPool<byte>.Shared.Rent(BufferLength));
        var writing = ValueTask.CompletedTask;
        try
        {
            while (true)
            {
                waiting.Change(settings.Viewer.ArchiveTimeout, Timeout.InfiniteTimeSpan);
                var read = await from.ReadAsync(next, cancellationToken);
                // A slow browser may take its time: Kestrel's own minimum rate ends it, not our patience with Orthanc
                waiting.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                await writing;
                writing = ValueTask.CompletedTask;
                if (read == 0)
                    return;
                writing = to.WriteAsync(next.AsMemory(0, read), cancellationToken);
                (next, last) = (last, next);
            }
        }
        finally
        {
            // A write under way holds its buffer
            if (writing.IsCompleted)
            {
                ArrayPool<byte>.Shared.Return(next);
                ArrayPool<byte>.Shared.Return(last);
            }
        }
    }
}
