namespace Gantry.Dicom;

/// <summary>
/// Facts about value representations (PS3.5 Table 6.2-1 and 7.1.2). Sets of VRs are bit masks: they are asked per element.
/// </summary>
internal static class DicomVrs
{
    private static readonly byte[] ByLetters = LettersIndex(); // VR + 1; 0 for no VR

    private static readonly ulong LongForm = Mask(DicomVr.OB, DicomVr.OD, DicomVr.OF, DicomVr.OL, DicomVr.OV, DicomVr.OW,
        DicomVr.SQ, DicomVr.SV, DicomVr.UC, DicomVr.UN, DicomVr.UR, DicomVr.UT, DicomVr.UV);

    private static readonly ulong Text =
        Mask(DicomVr.LO, DicomVr.LT, DicomVr.PN, DicomVr.SH, DicomVr.ST, DicomVr.UC, DicomVr.UT);

    private static readonly ulong PlainText = Mask(DicomVr.AE, DicomVr.AS, DicomVr.CS, DicomVr.DA, DicomVr.DS, DicomVr.DT,
        DicomVr.IS, DicomVr.TM, DicomVr.UI, DicomVr.UR);

    private static readonly ulong SingleText = Mask(DicomVr.LT, DicomVr.ST, DicomVr.UT, DicomVr.UR);

    private static readonly ulong LeadingSpacesCount = Mask(DicomVr.LT, DicomVr.ST, DicomVr.UT, DicomVr.UC, DicomVr.UR);

    private static readonly ulong Unit2 = Mask(DicomVr.AT, DicomVr.OW, DicomVr.SS, DicomVr.US);
    private static readonly ulong Unit4 = Mask(DicomVr.FL, DicomVr.OF, DicomVr.OL, DicomVr.SL, DicomVr.UL);
    private static readonly ulong Unit8 = Mask(DicomVr.FD, DicomVr.OD, DicomVr.OV, DicomVr.SV, DicomVr.UV);
    private static readonly ulong Other = Mask(DicomVr.OB, DicomVr.OD, DicomVr.OF, DicomVr.OL, DicomVr.OV, DicomVr.OW,
        DicomVr.UN);

    /// <summary>True if explicit VR gives it two reserved bytes and a length of 32 bits (PS3.5 Table 7.1-1).</summary>
    public static bool IsLongForm(this DicomVr vr) => Has(LongForm, vr);

    /// <summary>True for text that Specific Character Set governs (PS3.5 6.1.2.3).</summary>
    public static bool IsText(this DicomVr vr) => Has(Text, vr);

    /// <summary>True for text that is always of the default repertoire.</summary>
    public static bool IsPlainText(this DicomVr vr) => Has(PlainText, vr);

    /// <summary>True for text in which a backslash is no delimiter (PS3.5 6.4).</summary>
    public static bool IsSingleText(this DicomVr vr) => Has(SingleText, vr);

    /// <summary>True for numbers in binary, attribute tags included, that is values with a fixed size each.</summary>
    public static bool IsBinaryNumber(this DicomVr vr) => Has((Unit2 | Unit4 | Unit8) & ~Other, vr);

    /// <summary>True for strings of bytes or words: OB, OW and so on, UN.</summary>
    public static bool IsOther(this DicomVr vr) => Has(Other, vr);

    /// <summary>
    /// What big endian turns round: 1, 2, 4 or 8 bytes (PS3.5 7.3). UN is little endian everywhere (PS3.5 6.2.2).
    /// </summary>
    public static int UnitSize(this DicomVr vr) => Has(Unit2, vr) ? 2 : Has(Unit4, vr) ? 4 : Has(Unit8, vr) ? 8 : 1;

    /// <summary>Bytes of one value of a binary number; an AT is two units.</summary>
    public static int NumberSize(this DicomVr vr) => vr == DicomVr.AT ? 4 : vr.UnitSize();

    /// <summary>What makes an odd length even (PS3.5 6.2): a space for text but NUL for UI, zero for bytes.</summary>
    public static byte Padding(this DicomVr vr) => Has(Text | PlainText, vr) && vr != DicomVr.UI ? (byte)' ' : (byte)0;

    /// <summary>
    /// One value without what PS3.5 6.2 calls not significant: trailing spaces, and leading ones unless the VR keeps them. NUL
    /// at the end is taken away from every VR: devices pad with it.
    /// </summary>
    public static ReadOnlySpan<char> Trim(ReadOnlySpan<char> value, DicomVr vr)
    {
        value = value.TrimEnd([' ', '\0']);
        return Has(LeadingSpacesCount, vr) ? value : value.TrimStart(' ');
    }

    /// <summary>The VR of two letters; false if there is none of that name.</summary>
    public static bool TryParse(byte first, byte second, out DicomVr vr)
    {
        uint row = first - (uint)'A', column = second - (uint)'A';
        var found = row < 26 && column < 26 ? ByLetters[row * 26 + column] : 0;
        vr = (DicomVr)(found - 1);
        return found != 0;
    }

    /// <summary>The two letters as they stand on the wire, the first in the low byte.</summary>
    public static ushort Letters(this DicomVr vr)
    {
        var name = Names[(int)vr];
        return (ushort)(name[0] | name[1] << 8);
    }

    private static readonly string[] Names = Enum.GetNames<DicomVr>();

    private static bool Has(ulong set, DicomVr vr) => (set >> (int)vr & 1) != 0;

    private static ulong Mask(params ReadOnlySpan<DicomVr> vrs)
    {
        var mask = 0ul;
        foreach (var vr in vrs)
            mask |= 1ul << (int)vr;
        return mask;
    }

    private static byte[] LettersIndex()
    {
        var index = new byte[26 * 26];
        foreach (var vr in Enum.GetValues<DicomVr>())
            index[(vr.ToString()[0] - 'A') * 26 + vr.ToString()[1] - 'A'] = (byte)(vr + 1);
        return index;
    }
}
