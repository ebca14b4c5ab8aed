using System.Globalization;
using System.Numerics;

namespace Gantry.Dicom;

/// <summary>Unique identifiers (PS3.5 clause 9 and Annex B).</summary>
public static class DicomUid
{
    /// <summary>The longest UID, in characters (PS3.5 9.1).</summary>
    public const int MaximumLength = 64;

    /// <summary>A new UID, from a random UUID.</summary>
    public static string New() => Of(Guid.NewGuid());

    /// <summary>The UID of a UUID: <c>2.25.</c> and the UUID as a decimal number (PS3.5 B.2).</summary>
    /// <param name="uuid">Any; the same gives the same UID.</param>
    public static string Of(Guid uuid)
    {
        Span<byte> bytes = stackalloc byte[16];
        uuid.TryWriteBytes(bytes, bigEndian: true, out _);
        return string.Create(CultureInfo.InvariantCulture, $"2.25.{new BigInteger(bytes, isUnsigned: true, isBigEndian: true)}");
    }

    /// <summary>
    /// True for 1 to 64 characters of numbers joined by dots, no number with a leading zero (PS3.5 9.1). The root's own rules
    /// (0, 1 or 2 first) are not checked: the field breaks them.
    /// </summary>
    public static bool IsValid(ReadOnlySpan<char> uid) => AreNumbersAndDots(uid);

    /// <summary>The same for a UID in ASCII.</summary>
    public static bool IsValid(ReadOnlySpan<byte> uid) => AreNumbersAndDots(uid);

    private static bool AreNumbersAndDots<T>(ReadOnlySpan<T> uid) where T : struct, IBinaryInteger<T>
    {
        var (zero, nine, dot) = (T.CreateTruncating('0'), T.CreateTruncating('9'), T.CreateTruncating('.'));
        if (uid.Length is 0 or > MaximumLength)
            return false;
        var start = 0;
        for (var i = 0; i <= uid.Length; i++)
        {
            if (i < uid.Length && uid[i] >= zero && uid[i] <= nine)
                continue;
            if (i < uid.Length && uid[i] != dot)
                return false;
            if (i == start || (uid[start] == zero && i - start > 1))
                return false;
            start = i + 1;
        }
        return true;
    }
}
