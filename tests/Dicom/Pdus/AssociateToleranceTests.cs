using Gantry.Dicom.Network;
using static Gantry.Dicom.Tests.Pdus.AssociateBytes;

namespace Gantry.Dicom.Tests.Pdus;

/// <summary>What PS3.8 tells a receiver not to test or to skip, and what modalities in the field do.</summary>
public sealed class AssociateToleranceTests
{
    [Theory]
    [InlineData("ANY-SCP         ", "ANY-SCP")]
    [InlineData("  ANY SCP       ", "ANY SCP")]
    [InlineData("ANY-SCP\0\0\0\0\0\0\0\0\0", "ANY-SCP")]
    [InlineData("ANY-SCP  \0 \0\0   ", "ANY-SCP")]
    [InlineData("SIXTEEN_CHARS_AE", "SIXTEEN_CHARS_AE")]
    public void Padding_of_an_ae_title_is_not_significant(string field, string title) => Assert.Equal(
        title,
        Parameters(Request(called: field).With(ApplicationContext).With(Context(1)).With(UserInformation)).CalledAeTitle);

    [Fact]
    public void A_request_of_another_protocol_version_is_handed_out_to_be_rejected()
    {
        var parameters = Parameters(Request(version: 0xFFFE).With(1, 2, 3)); // items of a layout that nobody knows yet
        Assert.Equal(0xFFFE, parameters.ProtocolVersion);
        Assert.Equal("WORKLISTS", parameters.CalledAeTitle);
        Assert.Empty(parameters.PresentationContexts);
    }

    [Fact]
    public void Further_protocol_versions_beside_ours_do_not_matter()
    {
        var request = Request(version: 0x8001).With(ApplicationContext).With(Context(1)).With(UserInformation);
        Assert.Single(Parameters(request).PresentationContexts);
    }

    [Fact]
    public void The_ae_titles_of_an_accept_are_not_tested()
    {
        var accept = Accept(called: "\x01\xFF\0\0\0\0\0\0\0\0\0\0\0\0\0\0", calling: new string(' ', 16))
            .With(ApplicationContext).With(Answer(1, 0, NamedSyntax)).With(UserInformation);
        Assert.Equal("", Parameters(accept).CalledAeTitle);
        Assert.Equal("", Parameters(accept).CallingAeTitle);
    }

    [Fact]
    public void Items_of_unknown_types_are_skipped_at_every_level()
    {
        var unknown = Item(0x7E, [1, 2, 3]);
        var parameters = Parameters(Request()
            .With(unknown).With(ApplicationContext).With(unknown)
            .With(Item(0x20, [1, 0, 0, 0], unknown, AbstractSyntax, unknown, NamedSyntax, unknown))
            .With(Item(0x50, unknown, Item(0x51, [0, 0, 0x40, 0]), unknown)).With(unknown));
        Assert.Equal("1.2.840.10008.1.1", Assert.Single(parameters.PresentationContexts).AbstractSyntax);
        Assert.Equal(16384u, parameters.MaximumLength);
    }

    [Fact]
    public void Items_may_stand_in_any_order() => Assert.Single(
        Parameters(Request().With(UserInformation).With(Context(1)).With(ApplicationContext)).PresentationContexts);

    [Fact]
    public void All_128_contexts_are_read()
    {
        var request = Request().With(ApplicationContext);
        for (var i = 0; i < 128; i++) request.With(Context((byte)(2 * i + 1)));
        Assert.Equal(128, Parameters(request.With(UserInformation)).PresentationContexts.Count);
    }

    [Fact]
    public void Reserved_bytes_are_not_tested()
    {
        var bytes = HexDump.Load("associate-rq-everything");
        var changed = bytes.Bytes.ToArray();
        foreach (var field in bytes.Fields.Where(field => field.Comment.Contains("reserved", StringComparison.Ordinal)))
            changed.AsSpan(field.Offset, field.Length).Fill(0xFF);
        Assert.Equal(PduDescription.Of(PduBytes.Read(bytes.Bytes)), PduDescription.Of(PduBytes.Read(changed)));
    }

    [Fact]
    public void A_refused_context_may_come_without_its_transfer_syntax()
    {
        var parameters = Parameters(Accept().With(ApplicationContext).With(Answer(1, 3)).With(UserInformation));
        Assert.Equal(ContextResult.AbstractSyntaxNotSupported, Assert.Single(parameters.PresentationContexts).Result);
    }

    [Fact]
    public void The_transfer_syntax_of_a_refused_context_is_not_significant() => Assert.Empty(Assert.Single(
        Parameters(Accept().With(ApplicationContext).With(Answer(1, 4, Item(0x40, [1, 2, 3]))).With(UserInformation))
            .PresentationContexts).TransferSyntaxes);

    [Fact]
    public void Uids_padded_to_even_length_are_read_without_the_padding() => Assert.Equal(
        "1.2.840.10008.1.1",
        Assert.Single(Parameters(Request().With(ApplicationContext)
            .With(Item(0x20, [1, 0, 0, 0], Item(0x30, Ascii("1.2.840.10008.1.1\0")), NamedSyntax))
            .With(UserInformation)).PresentationContexts).AbstractSyntax);

    [Fact]
    public void A_later_version_of_common_extended_negotiation_is_read_as_far_as_it_is_known()
    {
        var item = Item(0x57, Counted(Ascii("1.2")), Counted(Ascii("1.3")), Counted(Counted(Ascii("1.4"))), [9, 9, 9]);
        item[1] = 1; // Sub-item-version
        var negotiation = Assert.Single(Parameters(RequestWithUserInformation(item)).CommonExtendedNegotiations);
        Assert.Equal("1.4", Assert.Single(negotiation.RelatedGeneralSopClasses));
    }

    [Fact]
    public void Sub_items_of_the_other_pdu_are_skipped()
    {
        var parameters = Parameters(Accept().With(ApplicationContext).With(Answer(1, 0, NamedSyntax))
            .With(Item(0x50, Item(0x58, [1, 0, 0, 0, 0, 0]), Item(0x57, [0, 0, 0, 0, 0, 0]))));
        Assert.Null(parameters.UserIdentity);
        Assert.Empty(parameters.CommonExtendedNegotiations);
        Assert.Null(Parameters(RequestWithUserInformation(Item(0x59, Counted(1, 2)))).UserIdentityResponse);
    }

    [Fact]
    public void A_version_name_that_cannot_be_printed_is_made_printable() => Assert.Equal(
        "V?2", Parameters(RequestWithUserInformation(Item(0x55, [(byte)'V', 0x07, (byte)'2', 0]))).ImplementationVersionName);

    [Fact]
    public void Without_a_maximum_length_the_default_holds() =>
        Assert.Equal(16384u, Parameters(RequestWithUserInformation()).MaximumLength);

    private static AssociateParameters Parameters(AssociateBytes pdu) => PduBytes.Read(pdu.Build()) switch
    {
        Pdu.AssociateRequest request => request.Parameters,
        Pdu.AssociateAccept accept => accept.Parameters,
        var other => throw new InvalidOperationException($"{other} is no A-ASSOCIATE PDU."),
    };
}
