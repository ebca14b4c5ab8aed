using System.Buffers;
using Gantry.Dicom.Network;

namespace Gantry.Dicom.Tests.Pdus;

public sealed class PduHeaderTests
{
    [Theory]
    [InlineData("00 00 00000004", "is 00H")]
    [InlineData("08 00 00000004", "is 08H")]
    [InlineData("16 03 01020001", "is 16H")] // a TLS ClientHello
    [InlineData("47 45 54202F20", "is 47H")] // GET /
    public void A_pdu_type_that_there_is_not_is_refused(string bytes, string text)
    {
        var error = Refused(bytes);
        Assert.Equal(AbortReason.UnrecognizedPdu, error.Reason);
        Assert.Contains(text, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("01 00 00000043", "A-ASSOCIATE-RQ is 67; expected at least 68")]
    [InlineData("01 00 00100001", "A-ASSOCIATE-RQ is 1048577; expected at most 1048576")]
    [InlineData("02 00 FFFFFFFF", "A-ASSOCIATE-AC is 4294967295; expected at most 1048576")]
    [InlineData("03 00 00000003", "A-ASSOCIATE-RJ is 3; expected exactly 4")]
    [InlineData("04 00 00000000", "P-DATA-TF is 0; expected at least 6")]
    [InlineData("04 00 00000005", "P-DATA-TF is 5; expected at least 6")]
    [InlineData("04 00 00004001", "P-DATA-TF is 16385; expected at most 16384")]
    [InlineData("05 00 00000000", "A-RELEASE-RQ is 0; expected exactly 4")]
    [InlineData("06 00 7FFFFFFF", "A-RELEASE-RP is 2147483647; expected exactly 4")]
    [InlineData("07 00 00000005", "A-ABORT is 5; expected exactly 4")]
    public void An_impossible_pdu_length_is_refused_before_the_rest_has_come(string bytes, string text)
    {
        var error = Refused(bytes);
        Assert.Equal(AbortReason.InvalidPduParameterValue, error.Reason);
        Assert.Contains("PDU-length at offset 2 of " + text, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_p_data_tf_of_just_the_maximum_length_is_taken()
    {
        var bytes = PduBytes.Write(new Pdu.Data([new(1, false, true, new byte[16384 - 6])]));
        Assert.IsType<Pdu.Data>(PduBytes.Read(bytes, 16384));
        Assert.Throws<ProtocolViolationException>(() => PduBytes.Read(bytes, 16383));
    }

    [Fact]
    public void A_longer_association_request_is_taken_when_the_limits_say_so()
    {
        var input = new ReadOnlySequence<byte>(Convert.FromHexString("010000100001"));
        Assert.False(PduReader.TryRead(ref input, new PduLimits(0, MaximumAssociateLength: 0x100001), out _));
    }

    [Fact]
    public void A_claim_of_four_gigabytes_allocates_nothing()
    {
        var bytes = Convert.FromHexString("0400FFFFFFFF0000");
        var input = new ReadOnlySequence<byte>(bytes);
        Assert.False(PduReader.TryRead(ref input, 0, out _));
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.False(PduReader.TryRead(ref input, 0, out _));
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(bytes.Length, input.Length);
    }

    [Fact]
    public void A_reject_with_an_impossible_result_or_source_is_refused()
    {
        Assert.Contains("Result at offset 7", Refused("03 00 00000004 00 00 01 01").Message, StringComparison.Ordinal);
        Assert.Contains("Source at offset 8", Refused("03 00 00000004 00 01 04 01").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_abort_counts_whatever_it_holds() => Assert.Equal(
        new Pdu.Abort(AbortSource.Reserved, AbortReason.NotSpecified),
        PduBytes.Read(Convert.FromHexString("070000000004FFFFFFFF")));

    private static ProtocolViolationException Refused(string hex)
    {
        var bytes = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
        var error = Assert.Throws<ProtocolViolationException>(() =>
        {
            var input = new ReadOnlySequence<byte>(bytes);
            PduReader.TryRead(ref input, 16384, out _);
        });
        return error;
    }
}
