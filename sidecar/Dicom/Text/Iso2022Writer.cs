using System.Buffers;
using System.Buffers.Binary;

namespace Gantry.Dicom;

/// <summary>Writes the characters of one value one after another, with the escape sequences that they need.</summary>
internal ref struct Iso2022Writer(Iso2022Codec codec, Span<byte> output, DicomVr vr)
{
    private readonly Span<byte> _output = output;
    private GraphicSet _g0 = codec.InitialG0;
    private GraphicSet? _g1 = codec.InitialG1;

    public int Written { get; private set; }

    /// <summary>
    /// Writes one graphic character: in the sets that are active, or else in the first declared one that has it.
    /// </summary>
    public OperationStatus Write(char character, ReadOnlySpan<GraphicSet> declared)
    {
        if (CodeIn(_g0, character) is not 0 and var g0Code)
            return Put(_g0, g0Code);
        if (_g1 is not null && CodeIn(_g1, character) is not 0 and var g1Code)
            return Put(_g1, g1Code);

        foreach (var set in declared)
        {
            var code = CodeIn(set, character);
            if (code == 0)
                continue;
            if (!codec.UsesCodeExtension)
                return OperationStatus.InvalidData;
            if (!Append(set.Escape))
                return OperationStatus.DestinationTooSmall;
            if (set.IsG1)
                _g1 = set;
            else
                _g0 = set;
            return Put(set, code);
        }

        // Last, so that an alias in one set never takes the place of the character itself in another
        foreach (var set in declared)
        {
            if (set.StandardOf(character) is not '\0' and var standard)
                return Write(standard, declared);
        }

        return OperationStatus.InvalidData;
    }

    /// <summary>Writes a delimiter or control character, for which the initial state has to hold.</summary>
    public OperationStatus WriteDelimiter(byte character)
    {
        if (!TryReturnToInitial() || Written == _output.Length)
            return OperationStatus.DestinationTooSmall;
        _output[Written++] = character;
        return OperationStatus.Done;
    }

    /// <summary>
    /// Brings the sets of value 1 back (PS3.5 6.1.2.5.3). Where value 1 has no G1 set there is nothing to bring back to G1:
    /// the set that is there just ends (notes of PS3.5 I.2 and K.2).
    /// </summary>
    public bool TryReturnToInitial()
    {
        if (_g0 != codec.InitialG0 && !Append(codec.InitialG0.Escape))
            return false;
        if (codec.InitialG1 is { } initialG1 && _g1 != initialG1 && !Append(initialG1.Escape))
            return false;
        (_g0, _g1) = (codec.InitialG0, codec.InitialG1);
        return true;
    }

    private OperationStatus Put(GraphicSet set, ushort code)
    {
        var free = _output[Written..];
        if (free.Length < (set.IsTwoByte ? 2 : 1))
            return OperationStatus.DestinationTooSmall;
        var wire = (ushort)(code | set.HighBits);
        if (set.IsTwoByte)
            BinaryPrimitives.WriteUInt16BigEndian(free, wire);
        else
            free[0] = (byte)wire;
        Written += set.IsTwoByte ? 2 : 1;
        return OperationStatus.Done;
    }

    // The yen sign of JIS X 0201 stands where backslash does: between values it would be read as the delimiter (PS3.5 H.1.1)
    private readonly ushort CodeIn(GraphicSet set, char character)
    {
        var code = set.CodeOf(character);
        return !set.IsTwoByte && !set.IsG1 && TextDelimiters.IsDelimiter(code, vr) ? (ushort)0 : code;
    }

    private bool Append(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.TryCopyTo(_output[Written..]))
            return false;
        Written += bytes.Length;
        return true;
    }
}
