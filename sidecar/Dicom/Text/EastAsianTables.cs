using System.Text;

namespace Gantry.Dicom;

/// <summary>
/// The four sets of 94 x 94 characters (PS3.3 Table C.12-4). Codes that .NET's pages have beyond the registered sets
/// (NEC's and IBM's rows, Microsoft's hangul) are read, since peers send them, and never written.
/// </summary>
internal static class EastAsianTables
{
    // The pairs that Microsoft's Japanese page reads differently from JIS and Unicode: wave dash, double vertical line,
    // minus, cent, pound, not sign, and the dash. Text that passed through Windows holds the right-hand ones, so both are
    // written; bytes are read as the left-hand ones, like iconv and DCMTK do.
    private static readonly (char Standard, char Windows)[] JapaneseAliases =
    [
        ('\u301C', '\uFF5E'), ('\u2016', '\u2225'), ('\u2212', '\uFF0D'),
        ('\u00A2', '\uFFE0'), ('\u00A3', '\uFFE1'), ('\u00AC', '\uFFE2'), ('\u2015', '\u2014'),
    ];

    /// <summary>ISO-IR 87: rows 1 to 8 and 16 to 84 of JIS X 0208.</summary>
    public static GraphicSet JisX0208()
    {
        var page = CodePages.Get(20932);
        return TwoByte("$B"u8, isG1: false, JapaneseAliases,
            (lead, trail) => CodePages.Read(page, [(byte)(lead | 0x80), (byte)(trail | 0x80)]),
            (lead, _) => (lead - 0x20) is <= 8 or (>= 16 and <= 84));
    }

    /// <summary>ISO-IR 159: rows 2 to 77 of JIS X 0212.</summary>
    public static GraphicSet JisX0212()
    {
        var page = CodePages.Get(20932); // it marks JIS X 0212 by a trail byte without its high bit
        return TwoByte("$(D"u8, isG1: false, [],
            (lead, trail) => (lead << 8 | trail) switch
            {
                // .NET leaves out these two: the tilde, which is ASCII's own in other tables, and the numero sign
                0x2237 => '\uFF5E',
                0x2271 => '\u2116',
                _ => CodePages.Read(page, [(byte)(lead | 0x80), (byte)trail]),
            },
            (lead, _) => lead - 0x20 <= 77);
    }

    /// <summary>ISO-IR 149: KS X 1001. .NET's page 51949 has one hangul wrong (0xB4D3), so 949 is the source.</summary>
    public static GraphicSet KsX1001()
    {
        var page = CodePages.Get(949);
        return TwoByte("$)C"u8, isG1: true, [],
            (lead, trail) => CodePages.Read(page, [(byte)(lead | 0x80), (byte)(trail | 0x80)]),
            (_, _) => true,
            // Unified Hangul Code: Windows writes the other 8,822 syllables around the set. No trail byte is a delimiter.
            (lead, trail) => lead is >= 0x81 and <= 0xFE
                && trail is (>= 0x41 and <= 0x5A) or (>= 0x61 and <= 0x7A) or (>= 0x81 and <= 0xFE)
                    ? CodePages.Read(page, [lead, trail])
                    : '\0');
    }

    /// <summary>
    /// ISO-IR 58: GB 2312. The repertoire is page 20936's, the characters are GBK's (page 936): the two differ in the
    /// middle dot (of transliterated names) and the long dash. GBK and GB18030 are what Chinese text is typed in, so they
    /// decide; either is written.
    /// </summary>
    public static GraphicSet Gb2312()
    {
        Encoding repertoire = CodePages.Get(20936), characters = CodePages.Get(936);
        return TwoByte("$)A"u8, isG1: true, [('\u00B7', '\u30FB'), ('\u2014', '\u2015')],
            (lead, trail) => CodePages.Read(characters, [(byte)(lead | 0x80), (byte)(trail | 0x80)]),
            (lead, trail) => (lead << 8 | trail) == 0x212C // double vertical line, missing in 20936
                || CodePages.Read(repertoire, [(byte)(lead | 0x80), (byte)(trail | 0x80)]) != '\0');
    }

    private static GraphicSet TwoByte(ReadOnlySpan<byte> escape, bool isG1, (char Standard, char Alias)[] aliases,
        Func<int, int, char> characterOf, Func<int, int, bool> isRegistered, Func<byte, byte, char>? extension = null)
    {
        var characters = new char[94 * 94];
        var codes = new UnicodeMap();
        for (var lead = 0x21; lead <= 0x7E; lead++)
        {
            for (var trail = 0x21; trail <= 0x7E; trail++)
            {
                var character = characters[(lead - 0x21) * 94 + trail - 0x21] = characterOf(lead, trail);
                if (character != '\0' && isRegistered(lead, trail))
                    codes.Add(character, (ushort)(lead << 8 | trail));
            }
        }

        return new GraphicSet(escape, isG1, 2, characters, codes, extension, aliases);
    }
}
