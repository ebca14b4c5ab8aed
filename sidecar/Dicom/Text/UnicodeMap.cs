namespace Gantry.Dicom;

/// <summary>
/// Codes by UTF-16 character, in pages of 256 of which only those in use exist: a few kilobytes for a Latin set, and two
/// array reads for each look-up.
/// </summary>
internal sealed class UnicodeMap
{
    private readonly ushort[]?[] _pages = new ushort[]?[256];

    /// <summary>The code of a character; 0 where it has none.</summary>
    public ushort this[char character] => _pages[character >> 8] is { } page ? page[character & 0xFF] : (ushort)0;

    /// <summary>
    /// Adds a character unless it has a code already: the first code of a character is the one that is written.
    /// </summary>
    public void Add(char character, ushort code)
    {
        var page = _pages[character >> 8] ??= new ushort[256];
        if (page[character & 0xFF] == 0)
            page[character & 0xFF] = code;
    }
}
