using System.Buffers;
using System.Buffers.Binary;
using Gantry.Dicom.Network;

namespace Gantry.Dicom.Tests.Pdus;

public sealed class PduCorruptionTests
{
    public static TheoryData<string> Names => [.. GoldenPdus.All.Keys];

    [Theory, MemberData(nameof(Names))]
    public void A_pdu_cut_off_at_any_byte_waits_for_the_rest(string name)
    {
        var bytes = HexDump.Load(name).Bytes;
        for (var length = 0; length < bytes.Length; length++)
        {
            var input = new ReadOnlySequence<byte>(bytes, 0, length);
            Assert.False(PduReader.TryRead(ref input, 0, out _), $"read at {length} bytes");
            Assert.Equal(length, input.Length);
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void A_pdu_whose_length_cuts_it_off_anywhere_is_a_violation(string name)
    {
        var dump = HexDump.Load(name);
        // Only between two presentation data values is a shorter P-DATA-TF a whole one
        var whole = name.StartsWith("p-data-tf", StringComparison.Ordinal)
            ? dump.Fields.Where(field => field.IsLength && field.Offset > 6).Select(field => field.Offset).ToHashSet()
            : [];
        for (var length = 6; length < dump.Bytes.Length; length++)
        {
            var bytes = dump.Bytes[..length];
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(2), length - 6);
            if (whole.Contains(length)) Assert.IsType<Pdu.Data>(PduBytes.Read(bytes));
            else Assert.Throws<ProtocolViolationException>(() => PduBytes.Read(bytes));
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void A_lie_in_any_length_field_never_passes_for_the_truth(string name)
    {
        var dump = HexDump.Load(name);
        var truth = PduDescription.Of(PduBytes.Read(dump.Bytes));
        foreach (var field in dump.Fields.Where(field => field.IsLength))
        {
            foreach (var lie in Lies(dump.Bytes.AsSpan(field.Offset, field.Length)))
            {
                var bytes = dump.Bytes.ToArray();
                lie.CopyTo(bytes, field.Offset);
                var input = new ReadOnlySequence<byte>(bytes);
                try
                {
                    if (PduReader.TryRead(ref input, 0, out var pdu)) Assert.NotEqual(truth, PduDescription.Of(pdu));
                }
                catch (ProtocolViolationException error)
                {
                    Assert.Contains(" at offset ", error.Message, StringComparison.Ordinal);
                }
            }
        }
    }

    [Fact]
    public void Every_golden_dump_has_length_fields_to_lie_in() =>
        Assert.All(GoldenPdus.All.Keys, name => Assert.Contains(HexDump.Load(name).Fields, field => field.IsLength));

    private static IEnumerable<byte[]> Lies(ReadOnlySpan<byte> field)
    {
        var size = field.Length;
        var maximum = size == 2 ? ushort.MaxValue : uint.MaxValue;
        var value = size == 2 ? BinaryPrimitives.ReadUInt16BigEndian(field) : BinaryPrimitives.ReadUInt32BigEndian(field);
        uint[] lies = [0, 1, value / 2, value - 1, value + 1, value + 4, maximum / 2, maximum / 2 + 1, maximum - 1, maximum];
        return lies.Where(lie => lie != value && lie <= maximum).Select(lie =>
        {
            var bytes = new byte[4];
            BinaryPrimitives.WriteUInt32BigEndian(bytes, lie);
            return bytes[(4 - size)..];
        });
    }
}
