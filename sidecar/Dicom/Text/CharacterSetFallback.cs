namespace Gantry.Dicom;

/// <summary>
/// Reads text whose data set does not say in which character set it is, or says so wrongly. Devices that send names in
/// their site's set without Specific Character Set are met daily.
/// </summary>
public static class CharacterSetFallback
{
    /// <summary>
    /// The set to read these bytes in: the declared one if they fit it, else the one configured for the peer, else UTF-8,
    /// each if the bytes make sense in it; else Latin-1, in which all bytes do.
    /// </summary>
    /// <param name="value">An element's whole value.</param>
    /// <param name="vr">Its VR.</param>
    /// <param name="declared">The set of the data set; null or <see cref="SpecificCharacterSet.Default"/> if it has none.</param>
    /// <param name="configured">The set configured for the peer; null if none.</param>
    public static SpecificCharacterSet Choose(
        ReadOnlySpan<byte> value, DicomVr vr, SpecificCharacterSet? declared, SpecificCharacterSet? configured)
    {
        if (MakesSense(value, vr, declared ?? SpecificCharacterSet.Default))
            return declared ?? SpecificCharacterSet.Default;
        if (configured is not null && MakesSense(value, vr, configured))
            return configured;
        return MakesSense(value, vr, SpecificCharacterSet.Utf8) ? SpecificCharacterSet.Utf8 : SpecificCharacterSet.Latin1;
    }

    /// <summary>The text of the bytes in the set of <see cref="Choose"/>.</summary>
    public static string Decode(
        ReadOnlySpan<byte> value, DicomVr vr, SpecificCharacterSet? declared, SpecificCharacterSet? configured) =>
        Choose(value, vr, declared, configured).Decode(value, vr);

    private static bool MakesSense(ReadOnlySpan<byte> value, DicomVr vr, SpecificCharacterSet set) =>
        set.Judge(value, vr) != TextLegality.Garbled;
}
