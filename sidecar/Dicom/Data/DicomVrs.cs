namespace Gantry.Dicom;

/// <summary>Questions about value representations (PS3.5 6.2 and Table 7.1-1).</summary>
internal static class DicomVrs
{
    private static readonly DicomVr[] All = Enum.GetValues<DicomVr>();
    private static readonly byte[] ByLetters = LettersIndex(); // VR + 1; 0 for no VR

    /// <summary>The VR of two letters; false if there is none of that name.</summary>
    public static bool TryParse(byte first, byte second, out DicomVr vr)
    {
        uint row = first - (uint)'A', column = second - (uint)'A';
        var found = row < 26 && column < 26 ? ByLetters[row * 26 + column] : 0;
        vr = (DicomVr)(found - 1);
        return found != 0;
    }

    private static byte[] LettersIndex()
    {
        var index = new byte[26 * 26];
        foreach (var vr in All)
        {
            var letters = vr.ToString();
            index[(letters[0] - 'A') * 26 + letters[1] - 'A'] = (byte)(vr + 1);
        }
        return index;
    }
}
