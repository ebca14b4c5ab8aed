using System.Text;

namespace Gantry.Dicom.Network;

/// <summary>An AE title as it stands in a PDU: 16 characters of ISO 646, padded with spaces (PS3.8 7.1.1.3, 7.1.1.4).</summary>
internal static class AeTitleField
{
    public const int Length = 16;

    /// <summary>
    /// The title without leading and trailing spaces, which are not significant. Trailing NULs, which some modalities send
    /// as padding, count as spaces.
    /// </summary>
    /// <exception cref="ProtocolViolationException">Blank, or a character outside the printable ones of ISO 646.</exception>
    public static string Read(ref PduCursor cursor, string field)
    {
        var start = cursor.Offset;
        var bytes = cursor.ReadBytes(Length, field);
        var end = bytes.TrimEnd(" \0"u8).Length;
        var wrong = bytes[..end].IndexOfAnyExceptInRange((byte)0x20, (byte)0x7E);
        if (wrong >= 0)
            throw cursor.Invalid(field, start + wrong, $"holds the byte {bytes[wrong]:X2}H; expected printable ASCII");
        var title = bytes[..end].TrimStart((byte)' ');
        if (title.IsEmpty) throw cursor.Invalid(field, start, "is blank");
        return Encoding.ASCII.GetString(title);
    }

    /// <summary>
    /// The title in an A-ASSOCIATE-AC, whose receiver shall not test it (PS3.8 Table 9-17): empty if it is none.
    /// </summary>
    public static string ReadUntested(ref PduCursor cursor, string field)
    {
        var bytes = cursor.ReadBytes(Length, field).Trim(" \0"u8);
        return bytes.ContainsAnyExceptInRange((byte)0x20, (byte)0x7E) ? "" : Encoding.ASCII.GetString(bytes);
    }

    /// <exception cref="ArgumentException">The title cannot be sent.</exception>
    public static void Write(ItemBuffer output, string title, string field)
    {
        var isValid = title.Length <= Length && title.AsSpan().ContainsAnyExcept(' ')
            && !title.AsSpan().ContainsAnyExceptInRange(' ', '~');
        if (!isValid)
            throw new ArgumentException($"{field} must be 1 to {Length} printable ASCII characters, not only spaces.");
        var span = output.Append(Length);
        span.Fill((byte)' ');
        Encoding.ASCII.GetBytes(title, span);
    }
}
