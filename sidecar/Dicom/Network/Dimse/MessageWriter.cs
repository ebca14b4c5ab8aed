namespace Gantry.Dicom.Network;

/// <summary>Puts a message's command set and data set into P-DATA-TF PDUs that the receiver can take (PS3.8 Annex E).</summary>
internal static class MessageWriter
{
    private const int PduHeader = PduWriter.DataHeaderLength, ValueHeader = PduWriter.ValueHeaderLength;

    /// <summary>
    /// The smallest variable field that moves anything: a value header and two bytes, as fragments are of even length.
    /// </summary>
    private const int SmallestVariableField = ValueHeader + 2;

    /// <summary>The variable field's limit as a number to compute with; 0 is no limit (PS3.8 D.1).</summary>
    public static int Limit(uint maximumLength) => maximumLength switch
    {
        0 or > int.MaxValue / 2 => int.MaxValue / 2,
        < SmallestVariableField => SmallestVariableField,
        _ => (int)(maximumLength & ~1u),
    };

    /// <summary>Appends a whole message: one PDU if it fits, or else as many as it takes.</summary>
    public static void Write(
        SendBuffer output, byte contextId, int limit, ReadOnlySpan<byte> command, ReadOnlySpan<byte> data, bool hasData)
    {
        var variableField = ValueHeader + command.Length + (hasData ? ValueHeader + data.Length : 0);
        if (variableField > limit)
        {
            WriteFragments(output, contextId, limit, command, isCommand: true);
            if (hasData) WriteFragments(output, contextId, limit, data, isCommand: false);
            return;
        }
        PduWriter.WriteDataHeader(output.GetSpan(PduHeader + variableField), variableField);
        output.Advance(PduHeader);
        WriteValue(output, contextId, command, isCommand: true, isLast: true);
        if (hasData) WriteValue(output, contextId, data, isCommand: false, isLast: true);
    }

    /// <summary>Appends the PDUs of a command set or a data set alone.</summary>
    public static void WriteFragments(SendBuffer output, byte contextId, int limit, ReadOnlySpan<byte> bytes, bool isCommand)
    {
        do
        {
            var length = Math.Min(bytes.Length, limit - ValueHeader);
            WriteFragment(output, contextId, bytes[..length], isCommand, isLast: length == bytes.Length);
            bytes = bytes[length..];
        }
        while (bytes.Length > 0);
    }

    /// <summary>Appends one PDU with one fragment, which must fit.</summary>
    public static void WriteFragment(SendBuffer output, byte contextId, ReadOnlySpan<byte> fragment, bool isCommand, bool isLast)
    {
        PduWriter.WriteDataHeader(output.GetSpan(PduHeader), ValueHeader + fragment.Length);
        output.Advance(PduHeader);
        WriteValue(output, contextId, fragment, isCommand, isLast);
    }

    private static void WriteValue(SendBuffer output, byte contextId, ReadOnlySpan<byte> fragment, bool isCommand, bool isLast)
    {
        var span = output.GetSpan(ValueHeader + fragment.Length);
        PduWriter.WriteValueHeader(span, contextId, isCommand, isLast, fragment.Length);
        fragment.CopyTo(span[ValueHeader..]);
        output.Advance(ValueHeader + fragment.Length);
    }
}
