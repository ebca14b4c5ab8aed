namespace Gantry.Dicom;

/// <summary>
/// The graphic sets that DICOM names (PS3.3 Tables C.12-3 and C.12-4). Their tables come from .NET's code pages, corrected
/// where those differ from the registered set; each is built when first asked for.
/// </summary>
internal static class GraphicSets
{
    private static readonly Lazy<GraphicSet> LazyIr13 = new(Katakana);
    private static readonly Lazy<GraphicSet> LazyIr14 = new(Romaji);
    private static readonly Lazy<GraphicSet> LazyIr6 = new(Ascii);

    private static readonly Lazy<GraphicSet> LazyIr87 = new(EastAsianTables.JisX0208);
    private static readonly Lazy<GraphicSet> LazyIr159 = new(EastAsianTables.JisX0212);
    private static readonly Lazy<GraphicSet> LazyIr149 = new(EastAsianTables.KsX1001);
    private static readonly Lazy<GraphicSet> LazyIr58 = new(EastAsianTables.Gb2312);

    // The supplementary halves of ISO 8859, and TIS 620: registration number, final byte of ESC 02/13 F, code page
    private static readonly Dictionary<int, Lazy<GraphicSet>> SingleByte =
        new (int Registration, char Final, int CodePage)[]
        {
            (100, 'A', 28591), (101, 'B', 28592), (109, 'C', 28593), (110, 'D', 28594), (144, 'L', 28595),
            (127, 'G', 28596), (126, 'F', 28597), (138, 'H', 28598), (148, 'M', 28599), (203, 'b', 28605), (166, 'T', 874),
        }
        .ToDictionary(set => set.Registration, set => new Lazy<GraphicSet>(() => Supplementary(set.Final, set.CodePage)));

    /// <summary>ASCII, the G0 of all but JIS X 0201.</summary>
    public static GraphicSet Ir6 => LazyIr6.Value;

    /// <summary>JIS X 0201 romaji, the G0 half of ISO_IR 13 (PS3.5 H.1.1).</summary>
    public static GraphicSet Ir14 => LazyIr14.Value;

    /// <summary>The sets that one defined term stands for: one, or G0 and G1 of JIS X 0201.</summary>
    public static GraphicSet[] Of(int registration) => registration switch
    {
        6 => [Ir6],
        13 => [Ir14, LazyIr13.Value],
        87 => [LazyIr87.Value],
        159 => [LazyIr159.Value],
        149 => [LazyIr149.Value],
        58 => [LazyIr58.Value],
        _ => [SingleByte[registration].Value],
    };

    /// <summary>The set that an escape sequence at the start of the bytes designates, declared or not; null if unknown.</summary>
    public static GraphicSet? Designated(ReadOnlySpan<byte> bytes, out int length)
    {
        (length, GraphicSet? set) = bytes switch
        {
            [_, 0x28, 0x42, ..] => (3, Ir6),
            [_, 0x28, 0x4A, ..] => (3, Ir14),
            [_, 0x29, 0x49, ..] => (3, LazyIr13.Value),
            [_, 0x2D, var final, ..] => (3, SingleByteOf(final)),
            [_, 0x24, 0x42, ..] => (3, LazyIr87.Value),
            [_, 0x24, 0x40, ..] => (3, LazyIr87.Value), // JIS C 6226-1978, the older edition; old modalities still send it
            [_, 0x24, 0x28, 0x44, ..] => (4, LazyIr159.Value),
            [_, 0x24, 0x29, 0x43, ..] => (4, LazyIr149.Value),
            [_, 0x24, 0x29, 0x41, ..] => (4, LazyIr58.Value),
            _ => (1, null),
        };
        return set;
    }

    private static GraphicSet? SingleByteOf(byte final) => final switch
    {
        0x41 => SingleByte[100].Value,
        0x42 => SingleByte[101].Value,
        0x43 => SingleByte[109].Value,
        0x44 => SingleByte[110].Value,
        0x4C => SingleByte[144].Value,
        0x47 => SingleByte[127].Value,
        0x46 => SingleByte[126].Value,
        0x48 => SingleByte[138].Value,
        0x4D => SingleByte[148].Value,
        0x62 => SingleByte[203].Value,
        0x54 => SingleByte[166].Value,
        _ => null,
    };

    private static GraphicSet Ascii() => OneByte("(B"u8, isG1: false, code => code == 0x7F ? '\0' : (char)code);

    // ISO 646's Japanese version: yen and overline where ASCII has backslash and tilde
    private static GraphicSet Romaji() => OneByte("(J"u8, isG1: false, code => code switch
    {
        0x5C => '\u00A5',
        0x7E => '\u203E',
        0x7F => '\0',
        _ => (char)code,
    });

    private static GraphicSet Katakana() =>
        OneByte(")I"u8, isG1: true, code => code is > 0x20 and < 0x60 ? (char)(code - 0x21 + 0xFF61) : '\0');

    private static GraphicSet Supplementary(char final, int codePage)
    {
        var encoding = CodePages.Get(codePage);
        return OneByte([(byte)'-', (byte)final], isG1: true, code => (codePage, code | 0x80) switch
        {
            // .NET has the first reading of the quotation marks of ISO 8859-7; Unicode corrected it, and all others follow
            (28597, 0xA1) => '\u2018',
            (28597, 0xA2) => '\u2019',
            // likewise the macron of ISO 8859-8
            (28598, 0xAF) => '\u00AF',
            var (_, wire) => CodePages.Read(encoding, [(byte)wire]),
        });
    }

    private static GraphicSet OneByte(ReadOnlySpan<byte> escape, bool isG1, Func<int, char> characterOf)
    {
        var characters = new char[96];
        var codes = new UnicodeMap();
        for (var code = 0x20; code < 0x80; code++)
        {
            var character = characters[code - 0x20] = characterOf(code);
            if (character != '\0')
                codes.Add(character, (ushort)code);
        }

        return new GraphicSet(escape, isG1, 1, characters, codes);
    }
}
