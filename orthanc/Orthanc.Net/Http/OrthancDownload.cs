using System.Buffers;

namespace Orthanc.Net;

/// <summary>
/// A file, an image or an archive while it arrives. Dispose it, read or unread: it holds the connection. Its stream throws
/// <see cref="OrthancConnectionException"/> when the transfer breaks off or stands still.
/// </summary>
public sealed class OrthancDownload : IAsyncDisposable, IDisposable
{
    private const string FileNameStart = "filename=";

    private readonly HttpResponseMessage _response;
    private readonly OrthancCall _call;

    internal OrthancDownload(HttpResponseMessage response, Stream content, OrthancCall call) =>
        (_response, Content, _call) = (response, content, call);

    /// <summary>The bytes; read with ReadAsync or CopyToAsync.</summary>
    public Stream Content { get; }

    /// <summary>Length in bytes; null if Orthanc does not say, as with archives.</summary>
    public long? Length => _response.Content.Headers.ContentLength;

    /// <summary>For example application/dicom or image/jpeg; null if Orthanc does not say.</summary>
    public string? ContentType => _response.Content.Headers.ContentType?.MediaType;

    /// <summary>The file name that Orthanc proposes; null if there is none.</summary>
    public string? FileName => _response.Content.Headers.NonValidated.TryGetValues("Content-Disposition", out var values)
        // Orthanc leaves out the type in front, so the ready-made parser finds nothing
        && values.ToString() is var text && text.IndexOf(FileNameStart, StringComparison.Ordinal) is var start and >= 0
            ? text[(start + FileNameStart.Length)..].Split(';')[0].Trim('"') : null;

    /// <summary>Reads everything into memory.</summary>
    /// <param name="maximumLength">Longest body that is accepted, in bytes.</param>
    /// <param name="cancellationToken">Ends the transfer.</param>
    /// <exception cref="OrthancFormatException">It is longer.</exception>
    public async Task<byte[]> ReadAllAsync(int maximumLength, CancellationToken cancellationToken = default)
    {
        if (Length > maximumLength)
            throw AnswerStream.TooLong(_call.Request, maximumLength);
        var bytes = new ArrayBufferWriter<byte>((int)Math.Max(256, Length ?? 16 * 1024));
        while (await Content.ReadAsync(bytes.GetMemory(), cancellationToken).ConfigureAwait(false) is > 0 and var count)
        {
            bytes.Advance(count);
            if (bytes.WrittenCount > maximumLength)
                throw AnswerStream.TooLong(_call.Request, maximumLength);
        }
        return bytes.WrittenSpan.ToArray();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Content.Dispose();
        _response.Dispose();
        _call.Dispose();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Content.DisposeAsync().ConfigureAwait(false);
        Dispose();
    }
}
