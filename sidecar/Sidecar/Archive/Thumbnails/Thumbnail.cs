namespace Gantry.Sidecar.Archive.Thumbnails;

/// <summary>What came of drawing an image.</summary>
internal abstract record Thumbnail
{
    private Thumbnail()
    {
    }

    /// <summary>A picture.</summary>
    /// <param name="Jpeg">The JPEG file.</param>
    /// <param name="Width">Its width in pixels.</param>
    /// <param name="Height">Its height in pixels.</param>
    public sealed record Picture(ReadOnlyMemory<byte> Jpeg, int Width, int Height) : Thumbnail;

    /// <summary>There is no picture.</summary>
    /// <param name="Reason">Why, in one sentence without patient data.</param>
    public sealed record None(string Reason) : Thumbnail;
}
