using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Gantry.Dicom;

/// <summary>ISO_IR 192: Unicode in UTF-8, without code extension (PS3.5 6.1.2.3).</summary>
internal sealed class Utf8Codec : TextCodec
{
    public override int MaxBytes(int characters) => checked(3 * characters);

    public override int Decode(ReadOnlySpan<byte> value, DicomVr vr, Span<char> text, out TextLegality legality)
    {
        // An escape sequence says that the writer meant another set; the bytes are readable all the same
        legality = !Utf8.IsValid(value) ? TextLegality.Garbled
            : value.Contains(TextDelimiters.Escape) ? TextLegality.Tolerated
            : TextLegality.Legal;
        return Encoding.UTF8.GetChars(value, text);
    }

    public override OperationStatus Encode(ReadOnlySpan<char> text, DicomVr vr, Span<byte> value, out int written)
    {
        written = 0;
        return text.Contains((char)TextDelimiters.Escape)
            ? OperationStatus.InvalidData
            : Utf8.FromUtf16(text, value, out _, out written, replaceInvalidSequences: false);
    }

    public override int FirstValueLength(ReadOnlySpan<byte> values, DicomVr vr) =>
        !TextDelimiters.IsSingleValued(vr) && values.IndexOf((byte)'\\') is >= 0 and var at ? at : values.Length;
}
