using System.Buffers.Binary;

namespace Gantry.Dicom.Network;

/// <summary>
/// Walks over the presentation data values of a P-DATA-TF where they lie, in the receive buffer, and allocates nothing
/// (PS3.8 9.3.5). Use it with <c>foreach</c>. Each value is checked as it is reached, so the ones before a broken one have
/// been handed out already when the exception comes; the association ends in any case.
/// </summary>
internal struct PresentationDataReader
{
    /// <summary>Bytes before the fragment of a value: length (4), context id (1), message control header (1).</summary>
    public const int ValueHeaderLength = 6;

    private readonly ReadOnlyMemory<byte> _variableField;
    private int _position;

    /// <summary>A walk over what follows the six-byte header of a P-DATA-TF.</summary>
    public PresentationDataReader(ReadOnlyMemory<byte> variableField) => _variableField = variableField;

    /// <summary>The value that <see cref="MoveNext"/> reached; its fragment is a slice of the variable field.</summary>
    public PresentationDataValue Current { get; private set; }

    /// <summary>This walk, for <c>foreach</c>.</summary>
    public readonly PresentationDataReader GetEnumerator() => this;

    /// <summary>Steps to the next value; false after the last.</summary>
    /// <exception cref="ProtocolViolationException">
    /// There is no value at all, one is too short or reaches past the end of the PDU, or a context id is even.
    /// </exception>
    public bool MoveNext()
    {
        var rest = _variableField.Span[_position..];
        if (rest.Length == 0 && _position > 0) return false;
        if (rest.Length < ValueHeaderLength)
            throw Violation("PDV item", $"has {rest.Length} bytes left in its PDU; expected at least {ValueHeaderLength}");
        // 1-4 Item-length of context id, message control header and fragment, PS3.8 Table 9-23
        var length = BinaryPrimitives.ReadUInt32BigEndian(rest);
        if (length < 2) throw Violation("Item-length of a PDV", $"is {length}; expected at least 2");
        if (length > (uint)rest.Length - 4)
            throw Violation("Item-length of a PDV", $"is {length}, but {rest.Length - 4} bytes follow");
        var contextId = rest[4]; // 5 Presentation-context-ID, PS3.8 Table 9-23
        if ((contextId & 1) == 0) throw Violation("Presentation-context-ID", $"is {contextId}; expected an odd number", 4);
        var control = rest[5];   // 6 message control header, PS3.8 E.2: bit 0 command, bit 1 last; the others are not tested
        Current = new PresentationDataValue(
            contextId, (control & 1) != 0, (control & 2) != 0,
            _variableField.Slice(_position + ValueHeaderLength, (int)length - 2));
        _position += 4 + (int)length;
        return true;
    }

    private readonly ProtocolViolationException Violation(string field, string text, int within = 0) => new(
        AbortReason.InvalidPduParameterValue, $"{field} at offset {PduHeader.Size + _position + within} of P-DATA-TF {text}.");
}
