using System.Buffers;

namespace Gantry.Dicom;

/// <summary>
/// Single-byte repertoires, and several repertoires in one value by ISO 2022 code extension (PS3.5 6.1.2.4 and 6.1.2.5).
/// G0 is read where the high bit of a byte is off and G1 where it is on; escape sequences put another set there, until
/// a delimiter, a control character or the end of the value brings the initial ones back.
/// </summary>
internal sealed class Iso2022Codec : TextCodec
{
    private readonly GraphicSet[] _declared;

    /// <param name="registrations">The registration numbers of the values of (0008,0005), value 1 first (6 where it is
    /// empty).</param>
    public Iso2022Codec(params ReadOnlySpan<int> registrations)
    {
        List<GraphicSet> declared = [];
        foreach (var registration in registrations)
            declared.AddRange(GraphicSets.Of(registration));

        // Value 1 sets the initial state. All its sets come with ASCII in G0, but for JIS X 0201 which has its own
        var first = GraphicSets.Of(registrations[0]);
        InitialG0 = Array.Find(first, set => !set.IsG1) ?? GraphicSets.Ir6;
        InitialG1 = Array.Find(first, set => set.IsG1);
        if (!declared.Contains(InitialG0))
            declared.Insert(0, InitialG0);
        UsesCodeExtension = registrations.Length > 1;
        ImpliedG1 = InitialG1 ?? declared.Find(set => set.IsG1);
        _declared = [.. declared];
    }

    public override bool ChangesAscii => InitialG0 != GraphicSets.Ir6;

    public GraphicSet InitialG0 { get; }

    /// <summary>Null where value 1 has no G1 set: bytes with their high bit on then need an escape sequence first.</summary>
    public GraphicSet? InitialG1 { get; }

    /// <summary>
    /// What bytes with their high bit on are read as before any escape sequence. Devices that declare
    /// <c>\ISO 2022 IR 149</c> and send plain KS X 1001 are common; so are others.
    /// </summary>
    public GraphicSet? ImpliedG1 { get; }

    public bool UsesCodeExtension { get; }

    public bool IsDeclared(GraphicSet set) => Array.IndexOf(_declared, set) >= 0;

    // Worst: each character brings its escape sequence (4 + 2 bytes); at most two more sequences (3 + 3) go before each
    // delimiter, which is a character itself, and before the end.
    public override int MaxBytes(int characters) => checked(7 * characters + 7);

    public override int Decode(ReadOnlySpan<byte> value, DicomVr vr, Span<char> text, out TextLegality legality)
    {
        var reader = new Iso2022Reader(this, value, vr);
        var length = 0;
        while (reader.TryRead(out var character))
            text[length++] = character;
        legality = reader.Legality;
        return length;
    }

    public override int FirstValueLength(ReadOnlySpan<byte> values, DicomVr vr)
    {
        if (TextDelimiters.IsSingleValued(vr))
            return values.Length;
        // Only a two-byte set in G0 can hide a backslash, and it takes an escape sequence to get there
        if (!values.Contains(TextDelimiters.Escape))
            return values.IndexOf((byte)'\\') is >= 0 and var at ? at : values.Length;

        var reader = new Iso2022Reader(this, values, vr);
        while (reader.TryRead(out _))
        {
            if (reader.WasValueDelimiter)
                return reader.Position - 1;
        }

        return values.Length;
    }

    public override OperationStatus Encode(ReadOnlySpan<char> text, DicomVr vr, Span<byte> value, out int written)
    {
        written = 0;
        var writer = new Iso2022Writer(this, value, vr);
        foreach (var character in text)
        {
            var status = TextDelimiters.IsDelimiter(character, vr) || TextDelimiters.IsControl(character)
                ? writer.WriteDelimiter((byte)character)
                : writer.Write(character, _declared);
            if (status != OperationStatus.Done)
                return status;
        }

        if (!writer.TryReturnToInitial())
            return OperationStatus.DestinationTooSmall;
        written = writer.Written;
        return OperationStatus.Done;
    }
}
