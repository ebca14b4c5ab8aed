using System.Buffers;

namespace Gantry.Dicom;

/// <summary>How well bytes fit the character set that they are read in.</summary>
internal enum TextLegality
{
    /// <summary>Every byte is as the standard has it.</summary>
    Legal,

    /// <summary>Readable, but not as the standard has it: an escape sequence missing or undeclared, a vendor's code.</summary>
    Tolerated,

    /// <summary>Some bytes have no meaning in this set.</summary>
    Garbled,
}

/// <summary>One way of encoding text: UTF-8, GB18030 and GBK, or single-byte sets with ISO 2022 code extension.</summary>
internal abstract class TextCodec
{
    /// <summary>True if a backslash or tilde byte may mean another character than in ASCII (JIS X 0201 romaji).</summary>
    public virtual bool ChangesAscii => false;

    /// <summary>The most bytes that so many UTF-16 characters become.</summary>
    public abstract int MaxBytes(int characters);

    /// <summary>
    /// Reads a whole value. <paramref name="text"/> has room for one character for each byte, which always suffices.
    /// Returns the number of characters.
    /// </summary>
    public abstract int Decode(ReadOnlySpan<byte> value, DicomVr vr, Span<char> text, out TextLegality legality);

    /// <summary>
    /// Writes a whole value: <see cref="OperationStatus.InvalidData"/> if a character has no code here,
    /// <see cref="OperationStatus.DestinationTooSmall"/> if the bytes do not fit.
    /// </summary>
    public abstract OperationStatus Encode(ReadOnlySpan<char> text, DicomVr vr, Span<byte> value, out int written);

    /// <summary>The place of the first backslash that parts two values; the whole length if there is none.</summary>
    public abstract int FirstValueLength(ReadOnlySpan<byte> values, DicomVr vr);
}
