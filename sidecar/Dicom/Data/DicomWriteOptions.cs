namespace Gantry.Dicom;

/// <summary>Choices in writing a data set that the standard leaves to the writer.</summary>
public sealed record DicomWriteOptions
{
    /// <summary>The options in force when none are given.</summary>
    public static DicomWriteOptions Default { get; } = new();

    /// <summary>
    /// True to write sequences and items with undefined length and delimiters (PS3.5 7.5.1), false for explicit lengths.
    /// Default false.
    /// </summary>
    public bool UndefinedLengths { get; init; }
}
