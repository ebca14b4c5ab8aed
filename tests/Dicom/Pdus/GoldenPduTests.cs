using System.Buffers;
using System.Reflection;
using Gantry.Dicom.Network;

namespace Gantry.Dicom.Tests.Pdus;

public sealed class GoldenPduTests
{
    public static TheoryData<string> Names => [.. GoldenPdus.All.Keys];

    [Theory, MemberData(nameof(Names))]
    public void A_golden_dump_is_read_as_what_it_says(string name) =>
        Assert.Equal(PduDescription.Of(GoldenPdus.All[name]), PduDescription.Of(PduBytes.Read(HexDump.Load(name).Bytes)));

    [Theory, MemberData(nameof(Names))]
    public void What_a_golden_dump_says_is_written_as_the_dump(string name) =>
        Assert.Equal(Convert.ToHexString(HexDump.Load(name).Bytes), Convert.ToHexString(PduBytes.Write(GoldenPdus.All[name])));

    [Fact]
    public void There_is_a_golden_dump_for_every_kind_of_pdu()
    {
        var kinds = typeof(Pdu).GetNestedTypes(BindingFlags.Public).Where(type => type.IsSubclassOf(typeof(Pdu)));
        Assert.Equal(kinds.ToHashSet(), GoldenPdus.All.Values.Select(pdu => pdu.GetType()).ToHashSet());
    }

    [Theory]
    [InlineData("conversation-dcmtk-echo", "A-ASSOCIATE-RQ", "P-DATA-TF", "ReleaseRequest")]
    [InlineData("conversation-dcmtk-find", "A-ASSOCIATE-RQ", "P-DATA-TF", "P-DATA-TF", "ReleaseRequest")]
    public void What_dcmtk_sends_is_read(string name, params string[] kinds)
    {
        var (pdus, left) = PduBytes.ReadAll(new ReadOnlySequence<byte>(HexDump.Load(name).Bytes), 16384);
        Assert.Equal(0, left);
        Assert.Equal(kinds, pdus.Select(pdu => pdu.Split('\n', ' ')[0]));
        Assert.Contains("'WORKLISTS' <- 'CT1' version 1", pdus[0], StringComparison.Ordinal);
        Assert.Contains("'OFFIS_DCMTK_367'", pdus[0], StringComparison.Ordinal);
    }

    [Fact]
    public void What_dcmtk_answers_is_read()
    {
        var accept = Assert.IsType<Pdu.AssociateAccept>(PduBytes.Read(HexDump.Load("answer-dcmtk-associate-ac").Bytes));
        Assert.Equal("CT ROOM 1", accept.Parameters.CallingAeTitle);
        Assert.Equal(
            [
                (1, ContextResult.AbstractSyntaxNotSupported, ""),
                (3, ContextResult.AbstractSyntaxNotSupported, ""),
                (255, ContextResult.Acceptance, "1.2.840.10008.1.2.1"),
            ],
            accept.Parameters.PresentationContexts
                .Select(context => (context.Id, context.Result, string.Concat(context.TransferSyntaxes))));
        Assert.Equal("OFFIS_DCMTK_367", accept.Parameters.ImplementationVersionName);
    }
}
