using System.Buffers;
using Gantry.Dicom.Network;

namespace Gantry.Dicom.Tests.Pdus;

public sealed class PduWriterRefusalTests
{
    private static readonly AssociateParameters Valid = new()
    {
        CalledAeTitle = "WORKLISTS", CallingAeTitle = "CT1",
        PresentationContexts = [new(1, "1.2.840.10008.1.1", ["1.2.840.10008.1.2"])],
    };

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("SEVENTEEN_CHARS_A")]
    [InlineData("RÖNTGEN")]
    [InlineData("WORK\0LISTS")]
    public void An_ae_title_that_cannot_be_sent(string title)
    {
        Refused(Valid with { CalledAeTitle = title }, "Called AE title must be");
        Refused(Valid with { CallingAeTitle = title }, "Calling AE title must be");
    }

    [Fact]
    public void No_context_at_all() => Refused(Valid with { PresentationContexts = [] }, "at least one presentation context");

    [Fact]
    public void An_even_context_id() => Refused(
        Valid with { PresentationContexts = [Valid.PresentationContexts[0] with { Id = 4 }] }, "id 4 must be odd");

    [Fact]
    public void A_context_id_twice() => Refused(
        Valid with { PresentationContexts = [Valid.PresentationContexts[0], Valid.PresentationContexts[0]] },
        "id 1 is there twice");

    [Fact]
    public void A_proposal_without_a_transfer_syntax() => Refused(
        Valid with { PresentationContexts = [new(1, "1.2", [])] }, "proposes no transfer syntax");

    [Fact]
    public void An_acceptance_with_two_transfer_syntaxes() => Refused(
        new Pdu.AssociateAccept(Valid with { PresentationContexts = [new(1, "", ["1.2", "1.3"])] }),
        "exactly one transfer syntax");

    [Theory]
    [InlineData("")]
    [InlineData("1.2.x")]
    [InlineData("1.2.840.10008.1.2.3.4.5.6.7.8.9.10.11.12.13.14.15.16.17.18.19.20.21")]
    public void A_uid_that_is_none(string uid) => Refused(
        Valid with { PresentationContexts = [new(1, uid, ["1.2"])] }, "Abstract syntax must be a UID");

    [Theory, InlineData(""), InlineData("SEVENTEEN CHARS A"), InlineData("é")]
    public void A_version_name_that_cannot_be_sent(string name) => Refused(
        Valid with { ImplementationVersionName = name }, "Implementation version name must be");

    [Fact]
    public void A_user_identity_that_its_length_field_cannot_hold() => Refused(
        Valid with { UserIdentity = new(4, false, new byte[65536], default) },
        "User identity primary field takes 65536 bytes");

    [Fact]
    public void User_information_that_its_length_field_cannot_hold() => Refused(
        Valid with { ExtendedNegotiations = [new("1.2", new byte[40000]), new("1.3", new byte[40000])] },
        "User information takes");

    [Fact]
    public void A_p_data_tf_without_a_value() => Refused(new Pdu.Data([]), "at least one value");

    [Fact]
    public void A_value_with_an_even_context_id() => Refused(new Pdu.Data([new(2, true, true, default)]), "is 2; it must be odd");

    private static void Refused(AssociateParameters parameters, string text) =>
        Refused(new Pdu.AssociateRequest(parameters), text);

    private static void Refused(Pdu pdu, string text)
    {
        var output = new ArrayBufferWriter<byte>();
        var error = Assert.Throws<ArgumentException>(() => PduWriter.Write(output, pdu));
        Assert.Contains(text, error.Message, StringComparison.Ordinal);
        Assert.Equal(0, output.WrittenCount); // nothing half-written is in the send buffer
    }
}
