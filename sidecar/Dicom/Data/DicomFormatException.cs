namespace Gantry.Dicom;

/// <summary>
/// Bytes that are no data set, or a data set that cannot be written. The message names what is wrong, the byte offset and the
/// path of tags, never a value.
/// </summary>
public sealed class DicomFormatException : Exception
{
    private readonly string _problem = "";

    /// <summary>An error without a place.</summary>
    public DicomFormatException() { }

    /// <summary>An error without a place.</summary>
    public DicomFormatException(string message) : base(message) { }

    /// <summary>An error with its cause.</summary>
    public DicomFormatException(string message, Exception innerException) : base(message, innerException) { }

    /// <summary>An error at a byte of the input.</summary>
    /// <param name="problem">What is wrong, in words.</param>
    /// <param name="offset">Byte offset from the start of the data set (of the inflated one, if it was deflated).</param>
    /// <param name="tagPath">Where: <c>(0040,0100)[0].(0008,0060)</c>; empty at the top.</param>
    public DicomFormatException(string problem, long offset, string tagPath)
        : base(tagPath.Length == 0 ? $"{problem} at byte {offset}." : $"{problem} at byte {offset}, in {tagPath}.")
    {
        _problem = problem;
        Offset = offset;
        TagPath = tagPath;
    }

    /// <summary>Byte offset of the problem; null when there is no input.</summary>
    public long? Offset { get; }

    /// <summary>The tags down to the problem; empty at the top level.</summary>
    public string TagPath { get; } = "";

    /// <summary>The same error at an offset counted from elsewhere, such as the start of the file.</summary>
    internal DicomFormatException At(long offset) => new(_problem, offset, TagPath);
}
