using Gantry.Dicom.Network;
using static Gantry.Dicom.Tests.Pdus.AssociateBytes;

namespace Gantry.Dicom.Tests.Pdus;

public sealed class AssociateViolationTests
{
    [Theory]
    [InlineData("                ", "is blank", 10)]
    [InlineData("\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", "is blank", 10)]
    [InlineData("WORK\0LISTS      ", "byte 00H", 14)]
    [InlineData("\0WORKLISTS      ", "byte 00H", 10)]
    [InlineData("RÖNTGEN         ", "byte D6H", 11)]
    [InlineData("WORK\tLISTS      ", "byte 09H", 14)]
    public void A_called_ae_title_that_is_none_is_refused(string title, string text, int offset) => Refused(
        Request(called: title).With(ApplicationContext).With(Context(1)).With(UserInformation),
        AbortReason.InvalidPduParameterValue, $"Called-AE-title at offset {offset} ", text);

    [Fact]
    public void A_blank_calling_ae_title_is_refused() => Refused(
        Request(calling: new string(' ', 16)).With(ApplicationContext).With(Context(1)).With(UserInformation),
        AbortReason.InvalidPduParameterValue, "Calling-AE-title at offset 26 of A-ASSOCIATE-RQ is blank");

    [Fact]
    public void An_accept_of_another_protocol_version_is_refused() => Refused(
        Accept(version: 2).With(ApplicationContext).With(Answer(1, 0, NamedSyntax)).With(UserInformation),
        AbortReason.InvalidPduParameterValue, "Protocol-version at offset 6", "0002H");

    [Fact]
    public void Without_an_application_context_there_is_no_association() => Refused(
        Request().With(Context(1)).With(UserInformation),
        AbortReason.InvalidPduParameterValue, "without an Application Context item");

    [Fact]
    public void Without_a_presentation_context_there_is_no_association() => Refused(
        Request().With(ApplicationContext).With(UserInformation),
        AbortReason.InvalidPduParameterValue, "without a Presentation Context item");

    [Fact]
    public void Without_user_information_there_is_no_association() => Refused(
        Request().With(ApplicationContext).With(Context(1)),
        AbortReason.InvalidPduParameterValue, "without a User Information item");

    [Fact]
    public void A_second_application_context_is_refused() => Refused(
        Request().With(ApplicationContext).With(ApplicationContext).With(Context(1)).With(UserInformation),
        AbortReason.UnexpectedPduParameter, "Application Context item at offset 103", "twice");

    [Fact]
    public void A_second_user_information_is_refused() => Refused(
        Request().With(ApplicationContext).With(Context(1)).With(UserInformation).With(UserInformation),
        AbortReason.UnexpectedPduParameter, "User Information item", "twice");

    [Fact]
    public void An_answered_context_in_a_request_is_refused() => Refused(
        Request().With(ApplicationContext).With(Answer(1, 0, NamedSyntax)).With(UserInformation),
        AbortReason.UnexpectedPduParameter, "Presentation Context item", "type 21H");

    [Fact]
    public void A_proposed_context_in_an_accept_is_refused() => Refused(
        Accept().With(ApplicationContext).With(Context(1)).With(UserInformation),
        AbortReason.UnexpectedPduParameter, "Presentation Context item", "type 20H");

    [Theory, InlineData(0), InlineData(2), InlineData(254)]
    public void An_even_context_id_is_refused(byte id) => Refused(
        Request().With(ApplicationContext).With(Context(id)).With(UserInformation),
        AbortReason.InvalidPduParameterValue, "Presentation-context-ID at offset 103", $"is {id}; expected an odd number");

    [Fact]
    public void A_context_id_that_comes_twice_is_refused() => Refused(
        Request().With(ApplicationContext).With(Context(7)).With(Context(7)).With(UserInformation),
        AbortReason.InvalidPduParameterValue, "Presentation-context-ID", "is 7, as in an earlier context");

    [Fact]
    public void Of_129_contexts_one_is_too_many()
    {
        var request = Request().With(ApplicationContext);
        for (var i = 0; i < 128; i++) request.With(Context((byte)(2 * i + 1)));
        Refused(request.With(Context(1)).With(UserInformation), AbortReason.InvalidPduParameterValue, "Presentation-context-ID");
    }

    [Fact]
    public void A_context_without_an_abstract_syntax_is_refused() => Refused(
        Request().With(ApplicationContext).With(Item(0x20, [1, 0, 0, 0], NamedSyntax)).With(UserInformation),
        AbortReason.InvalidPduParameterValue, "no Abstract Syntax sub-item for context 1");

    [Fact]
    public void A_context_without_a_transfer_syntax_is_refused() => Refused(
        Request().With(ApplicationContext).With(Item(0x20, [1, 0, 0, 0], AbstractSyntax)).With(UserInformation),
        AbortReason.InvalidPduParameterValue, "no Transfer Syntax sub-item for context 1");

    [Fact]
    public void A_context_with_two_abstract_syntaxes_is_refused() => Refused(
        Request().With(ApplicationContext).With(Item(0x20, [1, 0, 0, 0], AbstractSyntax, AbstractSyntax, NamedSyntax)),
        AbortReason.UnexpectedPduParameter, "Abstract Syntax sub-item", "twice");

    [Fact]
    public void An_accepted_context_with_two_transfer_syntaxes_is_refused() => Refused(
        Accept().With(ApplicationContext).With(Answer(1, 0, NamedSyntax, NamedSyntax)).With(UserInformation),
        AbortReason.UnexpectedPduParameter, "accepts 2 transfer syntaxes for context 1");

    [Fact]
    public void A_context_result_that_there_is_not_is_refused() => Refused(
        Accept().With(ApplicationContext).With(Answer(1, 5, NamedSyntax)).With(UserInformation),
        AbortReason.InvalidPduParameterValue, "Result/Reason", "is 5");

    [Fact]
    public void An_item_that_overruns_the_pdu_is_refused() => Refused(
        Request().With(ApplicationContext).With(0x20, 0, 0xFF, 0xFF, 1, 0, 0, 0),
        AbortReason.InvalidPduParameterValue, "Item-length at offset 101", "is 65535", "A-ASSOCIATE-RQ has 4 left");

    [Fact]
    public void A_sub_item_that_overruns_its_item_is_refused() => Refused(
        Request().With(ApplicationContext).With(Item(0x20, [1, 0, 0, 0], [0x30, 0, 0, 9, (byte)'1'])).With(UserInformation),
        AbortReason.InvalidPduParameterValue, "Item-length", "is 9 in Abstract Syntax sub-item", "has 1 left");

    [Fact]
    public void A_uid_that_overruns_its_sub_item_is_refused() => Refused(
        RequestWithUserInformation(Item(0x54, [0, 40], Ascii("1.2"), [1, 1])),
        AbortReason.InvalidPduParameterValue, "SOP-class-uid", "needs 40 bytes");

    [Fact]
    public void A_list_of_related_classes_that_overruns_itself_is_refused() => Refused(
        RequestWithUserInformation(Item(0x57, Counted(Ascii("1.2")), Counted(Ascii("1.3")), Counted([0, 9, (byte)'1']))),
        AbortReason.InvalidPduParameterValue, "Related-general-sop-class-uid", "needs 9 bytes");

    [Fact]
    public void A_maximum_length_that_is_cut_off_is_refused() => Refused(
        RequestWithUserInformation(Item(0x51, [0, 0, 0x40])),
        AbortReason.InvalidPduParameterValue, "Maximum-length-received", "needs 4 bytes");

    [Fact]
    public void A_uid_with_a_control_character_is_refused() => Refused(
        RequestWithUserInformation(Item(0x52, Ascii("1.2\n3"))),
        AbortReason.InvalidPduParameterValue, "Implementation-class-uid at offset 160 ", "byte 0AH");

    [Fact]
    public void A_text_never_repeats_what_a_user_identity_holds()
    {
        var identity = Item(0x58, [2, 1], Counted(Ascii("radiographer")), [0, 99], Ascii("secret"));
        var error = Refused(RequestWithUserInformation(identity), AbortReason.InvalidPduParameterValue, "Secondary-field");
        Assert.DoesNotContain("radiographer", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }

    private static ProtocolViolationException Refused(AssociateBytes pdu, AbortReason reason, params string[] texts)
    {
        var error = Assert.Throws<ProtocolViolationException>(() => PduBytes.Read(pdu.Build()));
        Assert.Equal(reason, error.Reason);
        Assert.All(texts, text => Assert.Contains(text, error.Message, StringComparison.Ordinal));
        return error;
    }
}
