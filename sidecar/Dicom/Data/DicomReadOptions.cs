namespace Gantry.Dicom;

/// <summary>Bounds and assumptions for reading a data set.</summary>
public sealed record DicomReadOptions
{
    /// <summary>The options in force when none are given.</summary>
    public static DicomReadOptions Default { get; } = new();

    /// <summary>Sequences within sequences that are followed; one more is an error. 0 to 512, default 64.</summary>
    public int MaximumDepth
    {
        get;
        init => field = value is >= 0 and <= 512
            ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "0 to 512");
    } = 64;

    /// <summary>
    /// Elements, items and fragments in the whole data set, nested ones included; one more is an error. Default 1,000,000.
    /// </summary>
    public int MaximumElements { get; init; } = 1_000_000;

    /// <summary>Bytes of a data set, after inflating, or of a file; more is an error. Default 1 GiB.</summary>
    public long MaximumLength { get; init; } = 1L << 30;

    /// <summary>
    /// What a data set is taken to be written in if it has no (usable) Specific Character Set. Default ISO_IR 6 (PS3.5 6.1.2).
    /// </summary>
    public SpecificCharacterSet FallbackCharacterSet { get; init; } = SpecificCharacterSet.Default;
}
