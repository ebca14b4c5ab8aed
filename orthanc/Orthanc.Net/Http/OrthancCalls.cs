using System.Net.Http.Headers;
using System.Net.Mime;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Orthanc.Net;

/// <summary>The shapes that calls to Orthanc have: JSON in, JSON or text out, streams either way.</summary>
internal static class OrthancCalls
{
    private const string Json = "application/json";

    public static Task<T> GetJsonAsync<T>(
        this OrthancTransport transport, string path, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        transport.JsonAsync(HttpMethod.Get, path, content: null, type, answerTimeout: null, cancellationToken);

    public static Task<TAnswer> PostJsonAsync<TBody, TAnswer>(this OrthancTransport transport, string path, TBody body,
        JsonTypeInfo<TBody> bodyType, JsonTypeInfo<TAnswer> answerType, TimeSpan? answerTimeout, CancellationToken cancellationToken) =>
        transport.JsonAsync(HttpMethod.Post, path, JsonContent(body, bodyType), answerType, answerTimeout, cancellationToken);

    /// <summary>Sends, and takes every success for an answer.</summary>
    public static async Task SendOnlyAsync(this OrthancTransport transport, HttpMethod method, string path, HttpContent? content,
        TimeSpan? answerTimeout, CancellationToken cancellationToken)
    {
        using var call = transport.Begin(method, path, cancellationToken);
        using var response = await transport.SendAsync(call, content, "*/*", answerTimeout).ConfigureAwait(false);
    }

    public static async Task<T> JsonAsync<T>(this OrthancTransport transport, HttpMethod method, string path, HttpContent? content,
        JsonTypeInfo<T> type, TimeSpan? answerTimeout, CancellationToken cancellationToken)
    {
        using var call = transport.Begin(method, path, cancellationToken);
        using var response = await transport.SendAsync(call, content, Json, answerTimeout).ConfigureAwait(false);
        return await transport.ReadJsonAsync(call, response, type).ConfigureAwait(false);
    }

    /// <summary>Sends a stream and reads the JSON that comes back.</summary>
    public static async Task<T> SendStreamAsync<T>(this OrthancTransport transport, string path, Stream source, string contentType,
        JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using var call = transport.Begin(HttpMethod.Post, path, cancellationToken);
        using var content = new OutgoingStream(source, call, transport.Options, transport.Options.AnswerTimeout);
        content.Headers.ContentType = new MediaTypeHeaderValue(contentType);
        using var response = await transport.SendAsync(call, content, Json).ConfigureAwait(false);
        return await transport.ReadJsonAsync(call, response, type).ConfigureAwait(false);
    }

    public static async Task<string> GetTextAsync(this OrthancTransport transport, string path, CancellationToken cancellationToken)
    {
        using var call = transport.Begin(HttpMethod.Get, path, cancellationToken);
        using var response = await transport.SendAsync(call, content: null, "*/*").ConfigureAwait(false);
        var body = await transport.OpenBodyAsync(response, call, transport.Options.MaximumJsonLength).ConfigureAwait(false);
        using var reader = new StreamReader(body);
        return await reader.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Opens a body as a stream; the download owns the connection.</summary>
    public static async Task<OrthancDownload> DownloadAsync(this OrthancTransport transport, string path, string accept,
        TimeSpan? answerTimeout, bool isRendering, CancellationToken cancellationToken)
    {
        var call = transport.Begin(HttpMethod.Get, path, cancellationToken);
        HttpResponseMessage? response = null;
        try
        {
            response = await transport.SendAsync(call, content: null, accept, answerTimeout, isRendering).ConfigureAwait(false);
            if (isRendering && response.Content.Headers.ContentType?.MediaType?.StartsWith("image/", StringComparison.Ordinal) != true)
                throw WrongType(call, response, "an image");
            var body = await transport.OpenBodyAsync(response, call, long.MaxValue).ConfigureAwait(false);
            return new OrthancDownload(response, body, call);
        }
        catch
        {
            response?.Dispose();
            call.Dispose();
            throw;
        }
    }

    public static ByteArrayContent JsonContent<T>(T body, JsonTypeInfo<T> type) =>
        new(JsonSerializer.SerializeToUtf8Bytes(body, type)) { Headers = { ContentType = new(MediaTypeNames.Application.Json) } };

    private static async Task<T> ReadJsonAsync<T>(
        this OrthancTransport transport, OrthancCall call, HttpResponseMessage response, JsonTypeInfo<T> type)
    {
        if (response.Content.Headers.ContentType?.MediaType is not (null or Json))
            throw WrongType(call, response, "JSON");
        try
        {
            var body = await transport.OpenBodyAsync(response, call, transport.Options.MaximumJsonLength).ConfigureAwait(false);
            await using (body.ConfigureAwait(false))
            {
                return await JsonSerializer.DeserializeAsync(body, type, call.Token).ConfigureAwait(false)
                    ?? throw new OrthancFormatException(call.Request, "the answer is null.");
            }
        }
        catch (Exception failure) when (call.Translate(failure) is { } translated)
        {
            throw translated;
        }
    }

    private static OrthancFormatException WrongType(OrthancCall call, HttpResponseMessage response, string expected) =>
        new(call.Request, $"the answer is {response.Content.Headers.ContentType?.MediaType ?? "of no type"} instead of {expected}.");
}
