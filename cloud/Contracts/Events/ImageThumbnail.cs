using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Gantry.Contracts;

/// <summary>A small picture of an image: JPEG, 188 pixels high, quality 25.</summary>
public sealed record ImageThumbnail
{
    /// <summary>Base64 of the JPEG. Read as text, so that a bad picture does not lose the image; see <see cref="TryGetJpeg"/>.</summary>
    public string? Data { get; init; }

    /// <summary>Always jpeg.</summary>
    public string? Format { get; init; }

    /// <summary>Pixels.</summary>
    public int? Width { get; init; }

    /// <summary>Pixels.</summary>
    public int? Height { get; init; }

    /// <summary>A thumbnail of a JPEG.</summary>
    /// <param name="jpeg">The file.</param>
    /// <param name="width">Pixels.</param>
    /// <param name="height">Pixels.</param>
    public static ImageThumbnail FromJpeg(ReadOnlySpan<byte> jpeg, int width, int height) =>
        new() { Data = Convert.ToBase64String(jpeg), Format = "jpeg", Width = width, Height = height };

    /// <summary>The JPEG, or false when there is no data, or it is no base64, or what it holds does not begin as a JPEG does.</summary>
    public bool TryGetJpeg([NotNullWhen(true)] out byte[]? jpeg)
    {
        jpeg = null;
        if (string.IsNullOrEmpty(Data) || Format is not (null or "jpeg") || !Base64.IsValid(Data))
            return false;
        jpeg = Convert.FromBase64String(Data);
        // SOI and the first byte of the next marker, ITU-T T.81 B.1.1.3
        if (jpeg is [0xFF, 0xD8, 0xFF, ..])
            return true;
        jpeg = null;
        return false;
    }

    /// <summary>Without the picture, which would fill a log.</summary>
    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append($"Format = {Format}, Width = {Width}, Height = {Height}");
        return true;
    }
}

internal sealed record ImageReceivedWire
{
    public int SchemaVersion { get; init => field = value == 0 ? 1 : value; } = 1;

    public string? MessageId { get; init; }

    public string? MessageType { get; init; }

    public DateTimeOffset? Timestamp { get; init; }

    public string? SourceSystem { get; init; }

    public SourceReference? SourceReference { get; init; }

    public ReceivedImage? Parameters { get; init; }
}
