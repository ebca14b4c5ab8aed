namespace Gantry.Dicom;

/// <summary>
/// Bytes or text that break the encoding rules of PS3.5. The message names what is wrong and where, and never holds the
/// value itself: it may be patient data.
/// </summary>
public sealed class DicomFormatException : Exception
{
    /// <summary>An error without a message; prefer one that names the element and the place.</summary>
    public DicomFormatException()
    {
    }

    /// <summary>An error whose message names the element and the place.</summary>
    public DicomFormatException(string message)
        : base(message)
    {
    }

    /// <summary>An error whose message names the element and the place, with the error that it came from.</summary>
    public DicomFormatException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
