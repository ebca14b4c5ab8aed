using System.Buffers;
using System.Text;

namespace Gantry.Dicom;

/// <summary>
/// GB18030 and GBK (PS3.3 Table C.12-5): ASCII, pairs whose second byte may be a backslash or a caret, and in GB18030
/// four bytes for all the rest of Unicode. No code extension, no state.
/// </summary>
internal sealed class GbCodec : TextCodec
{
    // The edition of 2005 gave this letter, an m with acute, a two-byte code, and its four bytes to the private use
    // character that had the two. .NET has the edition of 2000. (2022 moves 18 vertical forms and rare hanzi likewise,
    // which iconv and others follow only slowly; 2005 is what peers have.)
    private const char MWithAcute = '\u1E3F';
    private const char FormerPrivateUse = '\uE7C7';
    private static readonly byte[] MWithAcutePair = [0xA8, 0xBC];
    private static readonly byte[] FormerMWithAcute = [0x81, 0x35, 0xF4, 0x37];

    private readonly char[] _pairs = new char[126 * 192];
    private readonly UnicodeMap _codes = new();
    private readonly Encoding? _fourBytes;

    public GbCodec(bool isGb18030)
    {
        // GBK is the two-byte part of GB18030, less the private use area
        var page = CodePages.Get(isGb18030 ? 54936 : 936);
        _fourBytes = isGb18030 ? page : null;
        Span<char> text = stackalloc char[8];
        for (var lead = 0x81; lead <= 0xFE; lead++)
        {
            for (var trail = 0x40; trail <= 0xFE; trail++)
            {
                if (trail == 0x7F)
                    continue;
                ReadOnlySpan<byte> bytes = [(byte)lead, (byte)trail];
                var character = !isGb18030 ? CodePages.Read(page, bytes)
                    : bytes.SequenceEqual(MWithAcutePair) ? MWithAcute
                    : page.GetChars(bytes, text) == 1 && text[0] != '\uFFFD' ? text[0]
                    : '\0';
                _pairs[(lead - 0x81) * 192 + trail - 0x40] = character;
                if (character != '\0')
                    _codes.Add(character, (ushort)(lead << 8 | trail));
            }
        }
    }

    public override int MaxBytes(int characters) => checked(4 * characters);

    public override int Decode(ReadOnlySpan<byte> value, DicomVr vr, Span<char> text, out TextLegality legality)
    {
        legality = TextLegality.Legal;
        var length = 0;
        while (!value.IsEmpty)
        {
            var size = 1;
            if (value[0] < 0x80)
            {
                if (value[0] == TextDelimiters.Escape && legality == TextLegality.Legal)
                    legality = TextLegality.Tolerated;
                text[length++] = (char)value[0];
            }
            else if (ReadPair(value) is not '\0' and var character)
            {
                size = 2;
                text[length++] = character;
            }
            else if (ReadFour(value, text[length..]) is > 0 and var count)
            {
                size = 4;
                length += count;
            }
            else
            {
                legality = TextLegality.Garbled;
                text[length++] = '\uFFFD';
                // A pair without a character goes as one; a lead byte before anything else goes alone
                size = IsPair(value) ? 2 : 1;
            }

            value = value[size..];
        }

        return length;
    }

    public override OperationStatus Encode(ReadOnlySpan<char> text, DicomVr vr, Span<byte> value, out int written)
    {
        written = 0;
        var length = 0;
        Span<byte> bytes = stackalloc byte[4];
        while (!text.IsEmpty)
        {
            int characters = 1, size;
            if (text[0] < 0x80)
            {
                if (text[0] == TextDelimiters.Escape)
                    return OperationStatus.InvalidData;
                (bytes[0], size) = ((byte)text[0], 1);
            }
            else if (_codes[text[0]] is not 0 and var code)
            {
                (bytes[0], bytes[1], size) = ((byte)(code >> 8), (byte)code, 2);
            }
            else
            {
                if (_fourBytes is null || Rune.DecodeFromUtf16(text, out _, out characters) != OperationStatus.Done)
                    return OperationStatus.InvalidData;
                size = text[0] == FormerPrivateUse && FormerMWithAcute.AsSpan().TryCopyTo(bytes)
                    ? FormerMWithAcute.Length
                    : _fourBytes.GetBytes(text[..characters], bytes);
            }

            if (!bytes[..size].TryCopyTo(value[length..]))
                return OperationStatus.DestinationTooSmall;
            length += size;
            text = text[characters..];
        }

        written = length;
        return OperationStatus.Done;
    }

    public override int FirstValueLength(ReadOnlySpan<byte> values, DicomVr vr)
    {
        if (TextDelimiters.IsSingleValued(vr))
            return values.Length;
        var at = 0;
        while (at < values.Length && values[at] != '\\')
            at += IsPair(values[at..]) ? 2 : 1; // digits of four-byte codes are no delimiters, so these need no care
        return at;
    }

    private static bool IsPair(ReadOnlySpan<byte> bytes) =>
        bytes is [>= 0x81 and <= 0xFE, (>= 0x40 and <= 0x7E) or (>= 0x80 and <= 0xFE), ..];

    private char ReadPair(ReadOnlySpan<byte> bytes) =>
        IsPair(bytes) ? _pairs[(bytes[0] - 0x81) * 192 + bytes[1] - 0x40] : '\0';

    private int ReadFour(ReadOnlySpan<byte> bytes, Span<char> text)
    {
        if (_fourBytes is null
            || bytes is not [>= 0x81 and <= 0xFE, >= 0x30 and <= 0x39, >= 0x81 and <= 0xFE, >= 0x30 and <= 0x39, ..])
        {
            return 0;
        }

        if (bytes.StartsWith(FormerMWithAcute))
        {
            text[0] = FormerPrivateUse;
            return 1;
        }

        Span<char> read = stackalloc char[8];
        var count = _fourBytes.GetChars(bytes[..4], read);
        if (count > 2 || (read[0] == '\uFFFD' && !bytes[..4].SequenceEqual<byte>([0x84, 0x31, 0xA4, 0x37])))
            return 0;
        read[..count].CopyTo(text);
        return count;
    }
}
