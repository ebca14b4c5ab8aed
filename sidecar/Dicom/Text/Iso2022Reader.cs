namespace Gantry.Dicom;

/// <summary>
/// Reads one value character by character and keeps the state of code extension. Lenient where the meaning is clear:
/// escape sequences that (0008,0005) does not declare, missing ones at a delimiter, vendors' characters.
/// </summary>
internal ref struct Iso2022Reader(Iso2022Codec codec, ReadOnlySpan<byte> value, DicomVr vr)
{
    private readonly ReadOnlySpan<byte> _value = value;
    private GraphicSet _g0 = codec.InitialG0;
    private GraphicSet? _g1 = codec.InitialG1;

    /// <summary>The place of the next byte.</summary>
    public int Position { get; private set; }

    /// <summary>True if the character read last was a backslash between values.</summary>
    public bool WasValueDelimiter { get; private set; }

    /// <summary>How well what was read so far keeps the rules.</summary>
    public TextLegality Legality { get; private set; }

    /// <summary>The next character, U+FFFD for bytes without a meaning; false at the end of the value.</summary>
    public bool TryRead(out char character)
    {
        WasValueDelimiter = false;
        while (Position < _value.Length)
        {
            var first = _value[Position];
            if (first == TextDelimiters.Escape)
            {
                if (TryDesignate())
                    continue;
                character = Garbled();
            }
            else
            {
                character = TextDelimiters.IsControl(first) ? Delimiter(first)
                    : first < 0x80 ? ReadG0(first)
                    : ReadG1(first);
            }

            return true;
        }

        ReturnToInitial();
        character = '\0';
        return false;
    }

    private bool TryDesignate()
    {
        if (GraphicSets.Designated(_value[Position..], out var length) is not { } set)
            return false;
        if (!codec.UsesCodeExtension || !codec.IsDeclared(set))
            Note(TextLegality.Tolerated);
        if (set.IsG1)
            _g1 = set;
        else
            _g0 = set;
        Position += length;
        return true;
    }

    private char ReadG0(byte first)
    {
        if (!_g0.IsTwoByte)
        {
            if (TextDelimiters.IsDelimiter(first, vr))
                return Delimiter(first);
            Position++;
            return _g0.Read(first);
        }

        if (first == ' ') // outside of the 94 x 94 codes, so it means the same everywhere
        {
            Position++;
            return ' ';
        }

        var trail = Position + 1 < _value.Length ? _value[Position + 1] : (byte)0;
        var character = trail is >= 0x21 and <= 0x7E ? _g0.Read(first, trail) : '\0';
        if (character != '\0')
            return Pair(_g0, (ushort)(first << 8 | trail), character);

        // A writer that forgot to leave the two-byte set before a delimiter
        if (TextDelimiters.IsDelimiter(first, vr))
            return Delimiter(first);
        return Garbled(trail is >= 0x21 and <= 0x7E ? 2 : 1);
    }

    private char ReadG1(byte first)
    {
        var set = _g1;
        if (set is null && codec.ImpliedG1 is { } implied)
        {
            Note(TextLegality.Tolerated);
            set = implied;
        }

        if (set is { IsTwoByte: true })
        {
            var trail = Position + 1 < _value.Length ? _value[Position + 1] : (byte)0;
            var isPair = first is >= 0xA1 and <= 0xFE && trail is >= 0xA1 and <= 0xFE;
            var character = isPair ? set.Read(first & 0x7F, trail & 0x7F) : '\0';
            if (character != '\0')
                return Pair(set, (ushort)((first << 8 | trail) & 0x7F7F), character);
            character = set.ReadExtension(first, trail);
            if (character == '\0')
                return Garbled(isPair ? 2 : 1);
            Note(TextLegality.Tolerated);
            Position += 2;
            return character;
        }

        // C1 control characters have no place in DICOM; kept as what ISO 8859 calls them, so that nothing is lost
        if (set is not null && first < 0xA0)
        {
            Garbled();
            return (char)first;
        }

        var single = set is null ? '\0' : set.Read(first & 0x7F);
        if (single == '\0')
            return Garbled();
        Position++;
        return single;
    }

    private char Pair(GraphicSet set, ushort code, char character)
    {
        if (set.CodeOf(character) != code)
            Note(TextLegality.Tolerated); // a vendor's row
        Position += 2;
        return character;
    }

    private char Delimiter(byte character)
    {
        ReturnToInitial();
        Position++;
        WasValueDelimiter = character == '\\';
        return (char)character;
    }

    private void ReturnToInitial()
    {
        if (_g0 != codec.InitialG0)
            Note(TextLegality.Tolerated);
        (_g0, _g1) = (codec.InitialG0, codec.InitialG1);
    }

    private char Garbled(int length = 1)
    {
        Note(TextLegality.Garbled);
        Position += length;
        return '\uFFFD';
    }

    private void Note(TextLegality legality)
    {
        if (legality > Legality)
            Legality = legality;
    }
}
