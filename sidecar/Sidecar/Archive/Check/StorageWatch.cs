using System.Net;
using System.Text.Json;
using Gantry.Dicom.Network;

namespace Gantry.Sidecar.Archive.Check;

/// <summary>
/// Remembers that the archive refused an image for want of room. Nobody can see that from outside until an image is refused, so
/// whoever stores one tells it here: uploads pass through <see cref="StorageWatchHandler"/>, C-STOREs are told by the caller.
/// It is forgotten when an image is taken again, ours or another's.
/// </summary>
internal sealed class StorageWatch(TimeProvider time)
{
    // Seen in 1.10 and 1.12 when the disk was full: 500, 'Cannot write to file'; the C-STORE gets 0xA700
    private const int CannotWriteFile = 14;

    private readonly Lock _lock = new();
    private Refusal? _refusal;

    /// <summary>
    /// What an upload was answered: 413, 507, and Orthanc's own number for a file that it could not write tell of a full disk (or a
    /// limit that is reached), a success that there is room.
    /// </summary>
    public void NoteUpload(HttpStatusCode status, int? orthancStatus = null)
    {
        if (status is HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.InsufficientStorage || orthancStatus == CannotWriteFile)
            Set(new($"the upload was answered {(int)status}", time.GetUtcNow()));
        else if ((int)status is >= 200 and < 300)
            Set(null);
    }

    /// <summary>What a C-STORE was answered: A7xx is 'out of resources' (PS3.4 Table B.2-1).</summary>
    public void NoteStore(ushort status)
    {
        if ((status & 0xFF00) == 0xA700)
            Set(new(FormattableString.Invariant($"the C-STORE was answered 0x{status:X4}"), time.GetUtcNow()));
        else if (status == DimseStatus.Success)
            Set(null);
    }

    /// <summary>How storing stands.</summary>
    /// <param name="instances">How many images the archive holds now; null if it does not tell.</param>
    public ArchiveStep Step(long? instances)
    {
        lock (_lock)
        {
            if (_refusal is { } refusal && instances is { } now)
            {
                // More than there were: another sender got through
                _refusal = refusal.Instances is null || now <= refusal.Instances ? refusal with { Instances = Math.Min(now, refusal.Instances ?? now) } : null;
            }
            return _refusal is null
                ? new("storage", ArchiveStep.Passed, 0, null, "No image was refused for want of room.")
                : new("storage", ArchiveStep.Failed, 0, "store", FormattableString.Invariant(
                    $"The archive refused an image at {_refusal.At:yyyy-MM-dd HH:mm:ss} UTC ({_refusal.Words}): make room on its disk, or raise MaximumStorageSize in orthanc.json; then send again what was refused."));
        }
    }

    private void Set(Refusal? refusal)
    {
        lock (_lock)
            _refusal = refusal;
    }

    private sealed record Refusal(string Words, DateTimeOffset At, long? Instances = null);
}

/// <summary>Sees what Orthanc answers to uploads.</summary>
internal sealed class StorageWatchHandler(StorageWatch watch) : DelegatingHandler
{
    private const int LongestError = 64 * 1024;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (request.Method == HttpMethod.Post && request.RequestUri?.AbsolutePath.EndsWith("/instances", StringComparison.Ordinal) == true)
            watch.NoteUpload(response.StatusCode, await OrthancStatusAsync(response, cancellationToken));
        return response;
    }

    /// <summary>Orthanc's number for an error, read from a copy that stays for the caller; null if it says none.</summary>
    private static async Task<int?> OrthancStatusAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.StatusCode != HttpStatusCode.InternalServerError || response.Content.Headers.ContentLength is null or > LongestError)
            return null;
        await response.Content.LoadIntoBufferAsync(LongestError, cancellationToken);
        try
        {
            using var error = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken));
            return error.RootElement.ValueKind == JsonValueKind.Object && error.RootElement.TryGetProperty("OrthancStatus", out var number)
                && number.TryGetInt32(out var status) ? status : null;
        }
        catch (JsonException)
        {
            return null; // another program, in other words
        }
    }
}
