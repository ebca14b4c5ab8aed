using System.Buffers;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Orthanc.Net;

/// <summary>Sends one request and hands back an answer that is a success; anything else is a typed error.</summary>
internal sealed class OrthancTransport
{
    private const int LongestErrorBody = 64 * 1024;

    private readonly HttpClient _http;
    private readonly Uri _base;
    private readonly AuthenticationHeaderValue? _authorization;

    public OrthancTransport(HttpClient http, OrthancClientOptions options, TimeProvider time)
    {
        (_http, Options, Time) = (http, options, time);
        var address = options.BaseAddress ?? http.BaseAddress
            ?? throw new ArgumentException($"Orthanc's address is missing: set {nameof(OrthancClientOptions)}.{nameof(options.BaseAddress)}.", nameof(options));
        if (!address.IsAbsoluteUri || address.UserInfo.Length > 0)
            throw new ArgumentException("Orthanc's address is to be absolute, with user name and password in their own settings.", nameof(options));
        _base = address.AbsolutePath.EndsWith('/') ? address : new UriBuilder(address) { Path = address.AbsolutePath + "/" }.Uri;
        _authorization = options.Username is null ? null
            : new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.Username}:{options.Password}")));
    }

    public OrthancClientOptions Options { get; }

    public TimeProvider Time { get; }

    public OrthancCall Begin(HttpMethod method, string path, CancellationToken cancellationToken) =>
        new(new OrthancRequest(method.Method, new Uri(_base, path)), Time, _http.Timeout, cancellationToken);

    /// <summary>Sends; the answer has headers, its body is still to be read. The caller disposes both call and answer.</summary>
    public async Task<HttpResponseMessage> SendAsync(OrthancCall call, HttpContent? content, string accept,
        TimeSpan? answerTimeout = null, bool isRendering = false)
    {
        using var request = new HttpRequestMessage(new HttpMethod(call.Request.Method), call.Request.Uri) { Content = content };
        request.Headers.Authorization = _authorization;
        request.Headers.Accept.ParseAdd(accept);
        HttpResponseMessage? response = null;
        try
        {
            if (content is not OutgoingStream)
                call.Enter(OrthancPhase.AwaitReply, answerTimeout ?? Options.AnswerTimeout);
            response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, call.Token).ConfigureAwait(false);
            call.Pause();
            if (!response.IsSuccessStatusCode)
            {
                throw OrthancAnswerException.From(
                    call.Request, response.StatusCode, await ReadErrorAsync(response, call).ConfigureAwait(false), isRendering);
            }
            return response;
        }
        catch (Exception failure)
        {
            response?.Dispose();
            if (content is OutgoingStream { SourceFailure: { } sourceFailure })
                System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(sourceFailure);
            if (call.Translate(failure) is { } translated)
                throw translated;
            throw;
        }
    }

    /// <summary>The body, watched while it is read.</summary>
    public async Task<Stream> OpenBodyAsync(HttpResponseMessage response, OrthancCall call, long maximumLength)
    {
        if (response.Content.Headers.ContentLength > maximumLength)
            throw AnswerStream.TooLong(call.Request, maximumLength);
        var body = await response.Content.ReadAsStreamAsync(call.Token).ConfigureAwait(false);
        return new AnswerStream(body, call, Options.ReadTimeout, maximumLength);
    }

    /// <summary>Orthanc's own words; null if the body holds none. A body that breaks off does not hide the status.</summary>
    private async Task<OrthancErrorBody?> ReadErrorAsync(HttpResponseMessage response, OrthancCall call)
    {
        try
        {
            var body = await OpenBodyAsync(response, call, LongestErrorBody).ConfigureAwait(false);
            await using (body.ConfigureAwait(false))
            {
                var bytes = new ArrayBufferWriter<byte>();
                while (await body.ReadAsync(bytes.GetMemory(1024), call.Token).ConfigureAwait(false) is > 0 and var count)
                    bytes.Advance(count);
                // Its errors carry no Content-Type, so the text itself tells
                return bytes.WrittenSpan.StartsWith("{"u8)
                    ? JsonSerializer.Deserialize(bytes.WrittenSpan, OrthancJson.Default.OrthancErrorBody)
                    : null;
            }
        }
        catch (Exception failure) when (failure is OrthancException or JsonException)
        {
            return null;
        }
    }
}
