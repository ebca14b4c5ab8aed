using System.Text;

namespace Gantry.Dicom;

/// <summary>
/// The code pages of .NET's own CodePagesEncodingProvider, asked directly so that nothing global is registered.
/// </summary>
internal static class CodePages
{
    /// <summary>A code page that reads what it does not know as U+FFFD.</summary>
    public static Encoding Get(int codePage)
    {
        // 28591 is built in; the provider knows the others
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(codePage) ?? Encoding.GetEncoding(codePage);
        encoding = (Encoding)encoding.Clone();
        encoding.DecoderFallback = new DecoderReplacementFallback("\uFFFD");
        return encoding;
    }

    /// <summary>
    /// The one character of these bytes; NUL if they have none. The private use characters that Microsoft's tables give to
    /// unassigned codes are none.
    /// </summary>
    public static char Read(Encoding encoding, ReadOnlySpan<byte> bytes)
    {
        Span<char> text = stackalloc char[8];
        return encoding.GetChars(bytes, text) == 1 && text[0] is not ('\uFFFD' or (>= '\uE000' and <= '\uF8FF')) ? text[0] : '\0';
    }
}
