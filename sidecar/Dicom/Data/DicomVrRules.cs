using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Gantry.Dicom;

/// <summary>
/// What one value of each VR may be (PS3.5 Table 6.2-1). Used to see, before anything is sent, whether a value can be sent.
/// </summary>
public static class DicomVrRules
{
    /// <summary>
    /// The most characters of one value: for PN, of each component group. Null where the VR sets none or does not count
    /// characters.
    /// </summary>
    public static int? MaximumCharacters(DicomVr vr) => vr switch
    {
        DicomVr.AE or DicomVr.CS or DicomVr.DS or DicomVr.SH => 16,
        DicomVr.AS => 4,
        DicomVr.DA => 8,
        DicomVr.DT => 26,
        DicomVr.IS => 12,
        DicomVr.LO or DicomVr.PN or DicomVr.UI => 64,
        DicomVr.LT => 10240,
        DicomVr.ST => 1024,
        DicomVr.TM => 14,
        _ => null,
    };

    /// <summary>
    /// Why the text is no legal single value of the VR; null if it is one. An empty value is legal: whether an attribute may be
    /// empty is its type's business. Whether a character set has the characters is not looked at either.
    /// </summary>
    /// <returns>A reason that follows "the value", such as <c>is longer than 16 characters</c>; never the value itself.</returns>
    public static string? Validate(DicomVr vr, ReadOnlySpan<char> value)
    {
        if (value.IsEmpty)
            return null;
        if (vr == DicomVr.PN)
            return ValidatePersonName(value);
        // The length of a date, an age or a UID is a part of its form
        if (vr is not (DicomVr.DA or DicomVr.AS or DicomVr.UI) && MaximumCharacters(vr) is { } maximum
            && value.Length > maximum && CountCharacters(value) > maximum)
            return TooLong[maximum];
        return vr switch
        {
            DicomVr.AE => value.Trim(' ').IsEmpty ? "is only spaces" : AsciiWithout(value, '\\'),
            DicomVr.AS => value is [_, _, _, 'D' or 'W' or 'M' or 'Y'] && AreDigits(value[..3])
                ? null : "is not three digits and D, W, M or Y",
            DicomVr.CS => value.ContainsAnyExcept(CodeStringCharacters)
                ? "has characters other than A-Z, 0-9, space and _" : null,
            DicomVr.DA => value.Length == 8 && DicomDate.TryParse(value, out _) ? null : "is not a date of the form YYYYMMDD",
            DicomVr.DS => ValidateDecimal(value),
            DicomVr.DT => DicomDateTime.TryParse(value, out _) ? null : "is not of the form YYYYMMDDHHMMSS.FFFFFF&ZZXX",
            DicomVr.IS => int.TryParse(value.Trim(' '), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)
                ? null : "is not a whole number of 32 bits",
            DicomVr.TM => !value.Contains(':') && DicomTime.TryParse(value, out _)
                ? null : "is not a time of the form HHMMSS.FFFFFF",
            DicomVr.UI => DicomUid.IsValid(value) ? null : "is not a UID",
            DicomVr.UR => value[0] == ' ' ? "starts with a space" : AsciiWithout(value.TrimEnd(' '), ' ', '\\'),
            DicomVr.LO or DicomVr.SH or DicomVr.UC => TextWithout(value, '\\'),
            DicomVr.LT or DicomVr.ST or DicomVr.UT => ParagraphText(value),
            DicomVr.AT or DicomVr.FD or DicomVr.FL or DicomVr.SL or DicomVr.SS or DicomVr.SV or DicomVr.UL or DicomVr.US
                or DicomVr.UV =>
                BinaryNumbers.IsNumber(value.ToString(), vr) ? null : "is not a number that the VR holds",
            _ => "is text, which the VR does not hold",
        };
    }

    /// <summary>
    /// The same for text in UTF-8; other bytes than UTF-8 are a reason too. Allocates nothing for a legal value of usual length.
    /// </summary>
    public static string? Validate(DicomVr vr, ReadOnlySpan<byte> utf8)
    {
        Span<char> text = utf8.Length <= 512 ? stackalloc char[utf8.Length] : new char[utf8.Length];
        return Utf8.ToUtf16(utf8, text, out _, out var length, replaceInvalidSequences: false) == OperationStatus.Done
            ? Validate(vr, text[..length])
            : "is not UTF-8";
    }

    /// <summary>
    /// True for a legal value of the usual kind, which is seen at a glance: printable ASCII without a backslash, not too long.
    /// False says nothing: then ask <see cref="Validate(DicomVr, ReadOnlySpan{byte})"/>.
    /// </summary>
    public static bool IsPlain(DicomVr vr, ReadOnlySpan<byte> utf8) => vr switch
    {
        DicomVr.SH => utf8.Length <= 16 && !utf8.ContainsAnyExcept(PlainText),
        DicomVr.LO => utf8.Length <= 64 && !utf8.ContainsAnyExcept(PlainText),
        DicomVr.ST => utf8.Length <= 1024 && !utf8.ContainsAnyExcept(PlainText),
        DicomVr.LT => utf8.Length <= 10240 && !utf8.ContainsAnyExcept(PlainText),
        DicomVr.AE => utf8.Length <= 16 && !utf8.ContainsAnyExcept(PlainText) && utf8.ContainsAnyExcept((byte)' '),
        DicomVr.CS => utf8.Length <= 16 && !utf8.ContainsAnyExcept(CodeStringBytes),
        DicomVr.PN => utf8.Length <= 64 && !utf8.ContainsAnyExcept(PlainText) && utf8.Count((byte)'^') <= 4 && !utf8.Contains((byte)'='),
        DicomVr.UI => DicomUid.IsValid(utf8),
        DicomVr.DA => utf8.Length == 8 && DicomDate.TryParse(utf8, out _),
        _ => false,
    };

    // Without the backslash, which would split the value in two
    private static readonly SearchValues<byte> PlainText =
        SearchValues.Create([.. Enumerable.Range(0x20, 0x5F).Where(code => code != '\\').Select(code => (byte)code)]);

    private static readonly SearchValues<byte> CodeStringBytes = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 _"u8);

    private static readonly Dictionary<int, string> TooLong =
        new[] { 4, 8, 12, 14, 16, 26, 64, 1024, 10240 }.ToDictionary(n => n, n => $"is longer than {n} characters");

    private static readonly SearchValues<char> DecimalCharacters = SearchValues.Create("0123456789+-.eE");

    private static readonly SearchValues<char> CodeStringCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 _");

    // Characters, not UTF-16 units: PS3.5 6.2 counts a character once, however it is encoded
    private static int CountCharacters(ReadOnlySpan<char> value)
    {
        var count = 0;
        foreach (var _ in value.EnumerateRunes())
            count++;
        return count;
    }

    private static string? ValidatePersonName(ReadOnlySpan<char> value)
    {
        var (groups, components, characters) = (1, 1, 0);
        foreach (var c in value)
        {
            (groups, components, characters) = c switch
            {
                '=' => (groups + 1, 1, 0),
                '^' => (groups, components + 1, characters + 1),
                _ when char.IsLowSurrogate(c) => (groups, components, characters),
                _ => (groups, components, characters + 1),
            };
            if (groups > 3)
                return "has more than three component groups";
            if (components > 5)
                return "has more than five components";
            if (characters > 64)
                return "has a component group longer than 64 characters";
        }
        return TextWithout(value, '\\');
    }

    private static string? ValidateDecimal(ReadOnlySpan<char> value)
    {
        value = value.Trim(' ');
        return double.TryParse(value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
            CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
                && !value.ContainsAnyExcept(DecimalCharacters)
            ? null : "is not a decimal number";
    }

    private static string? AsciiWithout(ReadOnlySpan<char> value, params ReadOnlySpan<char> forbidden) =>
        !Ascii.IsValid(value) ? "has characters other than ASCII" : TextWithout(value, forbidden);

    private static string? TextWithout(ReadOnlySpan<char> value, params ReadOnlySpan<char> forbidden)
    {
        foreach (var c in value)
        {
            if (char.IsControl(c))
                return "has control characters";
            if (forbidden.Contains(c))
                return c == ' ' ? "has a space" : "has a backslash";
        }
        return LoneSurrogate(value);
    }

    // PS3.5 6.1.3: TAB, LF, FF and CR are allowed here
    private static string? ParagraphText(ReadOnlySpan<char> value)
    {
        foreach (var c in value)
        {
            if (char.IsControl(c) && c is not ('\t' or '\n' or '\f' or '\r'))
                return "has control characters";
        }
        return LoneSurrogate(value);
    }

    private static string? LoneSurrogate(ReadOnlySpan<char> value)
    {
        for (var i = 0; i < value.Length; i++)
        {
            if (!char.IsSurrogate(value[i]))
                continue;
            if (i + 1 == value.Length || !char.IsSurrogatePair(value[i], value[++i]))
                return "has half a character";
        }
        return null;
    }

    private static bool AreDigits(ReadOnlySpan<char> value) => !value.ContainsAnyExceptInRange('0', '9');
}
