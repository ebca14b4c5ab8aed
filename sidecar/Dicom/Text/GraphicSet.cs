namespace Gantry.Dicom;

/// <summary>
/// One coded graphic character set of ISO 2375, as PS3.3 C.12.1.1.2 lists them: where it is designated to, the escape
/// sequence that does so, and its codes both ways. Codes have the high bits of their bytes off, whatever the place.
/// </summary>
internal sealed class GraphicSet
{
    private readonly char[] _characters;
    private readonly UnicodeMap _codes;
    private readonly Func<byte, byte, char>? _extension;
    private readonly (char Standard, char Alias)[] _aliases;

    /// <param name="escape">What follows ESC in the sequence that designates this set.</param>
    /// <param name="isG1">True if designated to G1, whose bytes have their high bit on.</param>
    /// <param name="bytesPerCharacter">1 or 2.</param>
    /// <param name="characters">
    /// The character of each code; NUL where there is none. By code - 0x20 for one byte, by (lead - 0x21) * 94 + trail - 0x21
    /// for two.
    /// </param>
    /// <param name="codes">The code of each character. A code that is only in <paramref name="characters"/> is read, not
    /// written.</param>
    /// <param name="extension">A vendor's further two-byte characters around the set, read but not written; NUL for none.</param>
    /// <param name="aliases">Characters that other tables have for a code of this set.</param>
    public GraphicSet(ReadOnlySpan<byte> escape, bool isG1, int bytesPerCharacter, char[] characters, UnicodeMap codes,
        Func<byte, byte, char>? extension = null, (char Standard, char Alias)[]? aliases = null)
    {
        _aliases = aliases ?? [];
        (Escape, IsG1, IsTwoByte) = ([TextDelimiters.Escape, .. escape], isG1, bytesPerCharacter == 2);
        (_characters, _codes, _extension) = (characters, codes, extension);
    }

    /// <summary>The whole escape sequence.</summary>
    public byte[] Escape { get; }

    public bool IsG1 { get; }

    public bool IsTwoByte { get; }

    /// <summary>The high bits of this set's bytes on the wire.</summary>
    public ushort HighBits => (ushort)(!IsG1 ? 0 : IsTwoByte ? 0x8080 : 0x80);

    public bool HasExtension => _extension is not null;

    /// <summary>The character of a one-byte code 0x20 to 0x7F; NUL for none.</summary>
    public char Read(int code) => _characters[code - 0x20];

    /// <summary>The character of a two-byte code, each byte 0x21 to 0x7E; NUL for none.</summary>
    public char Read(int lead, int trail) => _characters[(lead - 0x21) * 94 + trail - 0x21];

    /// <summary>The character of two wire bytes outside the set; NUL for none.</summary>
    public char ReadExtension(byte lead, byte trail) => _extension?.Invoke(lead, trail) ?? '\0';

    /// <summary>The code of a character; 0 where it has none.</summary>
    public ushort CodeOf(char character) => _codes[character];

    /// <summary>The character to write in the place of one that other tables have for the same code; NUL if it is none.</summary>
    public char StandardOf(char alias) => Array.Find(_aliases, pair => pair.Alias == alias).Standard;
}
