using Gantry.Dicom.Network;

namespace Gantry.Dicom.Tests.Pdus;

public sealed class PresentationDataReaderTests
{
    [Fact]
    public void Values_are_slices_of_the_receive_buffer_and_cost_no_allocation()
    {
        var buffer = HexDump.Load("p-data-tf-three-values").Bytes;
        Walk(buffer); // so that everything is compiled
        var before = GC.GetAllocatedBytesForCurrentThread();
        var (values, bytes) = Walk(buffer);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal((3, 5), (values, bytes));

        static (int Values, int Bytes) Walk(byte[] buffer)
        {
            var (values, bytes) = (0, 0);
            foreach (var value in new PresentationDataReader(buffer.AsMemory(PduHeader.Size)))
            {
                values++;
                bytes += value.Fragment.Length;
            }
            return (values, bytes);
        }
    }

    [Theory]
    [InlineData("", "PDV item at offset 6", "has 0 bytes left")]
    [InlineData("00000002 01", "PDV item at offset 6", "has 5 bytes left")]
    [InlineData("00000000 0103", "Item-length of a PDV at offset 6", "is 0; expected at least 2")]
    [InlineData("00000001 0103", "Item-length of a PDV at offset 6", "is 1; expected at least 2")]
    [InlineData("00000003 0103", "Item-length of a PDV at offset 6", "is 3, but 2 bytes follow")]
    [InlineData("FFFFFFFF 0103", "Item-length of a PDV at offset 6", "is 4294967295, but 2 bytes follow")]
    [InlineData("80000000 0103", "Item-length of a PDV at offset 6", "is 2147483648, but 2 bytes follow")]
    [InlineData("00000002 0003", "Presentation-context-ID at offset 10", "is 0; expected an odd number")]
    [InlineData("00000002 0203", "Presentation-context-ID at offset 10", "is 2; expected an odd number")]
    [InlineData("00000003 0103AA 0000", "PDV item at offset 13", "has 2 bytes left")]
    [InlineData("00000002 0103 00000002 0403", "Presentation-context-ID at offset 16", "is 4")]
    public void A_broken_value_is_named_with_its_place(string hex, string field, string text)
    {
        var bytes = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
        var error = Assert.Throws<ProtocolViolationException>(() =>
        {
            foreach (var _ in new PresentationDataReader(bytes)) { }
        });
        Assert.Equal(AbortReason.InvalidPduParameterValue, error.Reason);
        Assert.StartsWith(field, error.Message, StringComparison.Ordinal);
        Assert.Contains(text, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bits_2_to_7_of_the_control_header_are_not_tested()
    {
        var values = Assert.IsType<Pdu.Data>(PduBytes.Read(Convert.FromHexString("040000000006" + "0000000201FC"))).Values;
        Assert.Equal((false, false), (values[0].IsCommand, values[0].IsLast));
    }

    [Fact]
    public void A_record_of_a_contiguous_p_data_tf_shares_the_buffer()
    {
        var buffer = PduBytes.Write(new Pdu.Data([new(1, true, true, new byte[] { 1, 2 })]));
        var value = Assert.Single(Assert.IsType<Pdu.Data>(PduBytes.Read(buffer)).Values);
        buffer[^1] = 99;
        Assert.Equal(99, value.Fragment.Span[1]);
    }

    [Fact]
    public void Headers_written_one_by_one_give_the_same_bytes_as_the_record()
    {
        var fragment = new byte[] { 1, 2, 3, 4 };
        var bytes = new byte[PduWriter.DataHeaderLength + PduWriter.ValueHeaderLength + fragment.Length];
        PduWriter.WriteDataHeader(bytes, PduWriter.ValueHeaderLength + fragment.Length);
        PduWriter.WriteValueHeader(bytes.AsSpan(PduWriter.DataHeaderLength), 5, isCommand: false, isLast: true, fragment.Length);
        fragment.CopyTo(bytes.AsSpan(PduWriter.DataHeaderLength + PduWriter.ValueHeaderLength));
        Assert.Equal(PduBytes.Write(new Pdu.Data([new(5, false, true, fragment)])), bytes);
    }
}
