using FsCheck;
using FsCheck.Fluent;
using Gantry.Dicom.Network;

namespace Gantry.Dicom.Tests.Network;

public sealed class CommandSetTests
{
    [Fact]
    public void A_C_ECHO_request_stands_in_these_bytes()
    {
        // PS3.7 Table 9.3-12, Implicit VR Little Endian
        var golden = Convert.FromHexString(
            "00000000" + "04000000" + "38000000" +                                          // (0000,0000) UL 56
            "00000200" + "12000000" + "312E322E3834302E31303030382E312E3100" +              // (0000,0002) UI Verification
            "00000001" + "02000000" + "3000" +                                              // (0000,0100) US C-ECHO-RQ
            "00001001" + "02000000" + "0700" +                                              // (0000,0110) US 7
            "00000008" + "02000000" + "0101");                                              // (0000,0800) US no data set
        Assert.Equal(Convert.ToHexString(golden), Convert.ToHexString(ScriptedPeer.Echo(7)));
        var command = CommandSet.Read(golden, VerificationService.SopClassUid);
        Assert.Equal(
            (DimseCommand.CEcho, (ushort)7, false, false),
            (command.Command, command.MessageId, command.HasDataSet, command.IsResponse));
        Assert.Same(VerificationService.SopClassUid, command.SopClassUid);
    }

    [Fact]
    public void A_response_carries_every_field_and_reads_back()
    {
        var request = new DimseRequest
        {
            Association = null!, Command = DimseCommand.NAction, AbstractSyntax = "1.2",
            TransferSyntax = TransferSyntax.ImplicitVrLittleEndian,
            MessageId = 9, SopClassUid = "1.2.3", SopInstanceUid = "1.2.3.4", ActionTypeId = 2,
        };
        var response = new DimseResponse(0x0110)
        {
            ErrorComment = "odd", ErrorId = 0xA710, OffendingElements = [new(0x0010, 0x0020)],
            AttributeList = [new(0x0008, 0x0060), new(0x0040, 0x0252)],
        };
        var command = CommandSet.Read(
            ResponseWriter.Write(new byte[ResponseWriter.MaximumLength(request, response)], request, response, true), "");
        Assert.Equal((ushort)0x8130, command.Field);
        Assert.Equal((9, "1.2.3", "1.2.3.4"), (command.MessageIdRespondedTo, command.SopClassUid, command.SopInstanceUid));
        Assert.Equal(
            (0x0110, "odd", (ushort?)0xA710, (ushort?)2),
            (command.Status, command.ErrorComment, command.ErrorId, command.ActionTypeId));
        Assert.Equal(response.OffendingElements, command.OffendingElements);
        Assert.Equal(response.AttributeList, command.AttributeList);
        Assert.True(command.HasDataSet);
    }

    [Fact]
    public void Arbitrary_bytes_are_a_command_set_or_a_violation() =>
        Check.QuickThrowOnFailure(Prop.ForAll<byte[]>(bytes =>
        {
            try
            {
                CommandSet.Read(bytes, "1.2");
            }
            catch (ProtocolViolationException)
            {
                // said so
            }
        }));

    [Fact]
    public void Spoiled_command_sets_are_read_or_a_violation()
    {
        var good = ScriptedPeer.Find(1);
        Check.QuickThrowOnFailure(Prop.ForAll<PositiveInt, byte>((where, value) =>
        {
            var spoiled = good.ToArray();
            spoiled[where.Get % spoiled.Length] = value;
            try
            {
                CommandSet.Read(spoiled, ServiceStub.Worklist);
            }
            catch (ProtocolViolationException)
            {
                // said so
            }
        }));
    }

    [Fact]
    public void Padding_of_any_kind_is_taken_off_a_UID()
    {
        foreach (var padded in new[] { "1.2\0", "1.2 ", "1.2\0\0\0", "1.2" })
        {
            var writer = new CommandWriter(new byte[256]);
            writer.Text(0x0002, new string('#', padded.Length));
            writer.UInt16(0x0100, (ushort)DimseCommand.CEcho);
            writer.UInt16(0x0110, 1);
            writer.UInt16(0x0800, CommandSet.NoDataSet);
            var bytes = writer.Finish().ToArray();
            System.Text.Encoding.ASCII.GetBytes(padded).CopyTo(bytes, 20); // behind two headers and the group length
            if (padded.Length % 2 != 0) bytes[20 + padded.Length] = 0;
            Assert.Equal("1.2", CommandSet.Read(bytes, "").SopClassUid);
        }
    }
}
