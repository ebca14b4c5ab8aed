using System.Text;

namespace Gantry.Contracts.Tests;

/// <summary>The messages of contracts.md sections 4 and 5, read and written.</summary>
public sealed class GoldenMessageTests
{
    [Fact]
    public void The_create_item_action_of_the_contract_is_read_field_by_field()
    {
        var action = Assert.IsType<GatewayAction.CreateItem>(GatewayAction.Parse(Golden.Bytes("create-item")).Value);

        Assert.Equal(1, action.SchemaVersion);
        Assert.Equal("<uuid>", action.ActionId);
        Assert.Equal("worklist.create_item", action.ActionType);
        Assert.Equal(new DateTimeOffset(2026, 1, 5, 9, 0, 0, TimeSpan.Zero), action.Timestamp);
        Assert.Equal("manage-breast-screening", action.SourceSystem);
        Assert.Equal(new SourceReference { AppointmentId = "<uuid>", ParticipantId = "<nhs number>" }, action.SourceReference);
        Assert.Equal(CreateItem.Item, action.Item);
    }

    [Fact]
    public void The_status_update_of_the_contract_is_read_field_by_field()
    {
        var message = Assert.IsType<GatewayEvent.StatusUpdated>(GatewayEvent.Parse(Golden.Bytes("status-update")).Value);

        Assert.Equal(StatusUpdated, message);
    }

    [Fact]
    public void The_image_message_of_the_contract_is_read_field_by_field()
    {
        var message = Assert.IsType<GatewayEvent.ImageReceived>(GatewayEvent.Parse(Golden.Bytes("image-received")).Value);

        Assert.Equal(ImageReceived, message);
    }

    [Fact]
    public void The_create_item_action_is_written_word_for_word() =>
        Assert.Equal(Golden.Dense(Golden.Text("create-item")), Encoding.UTF8.GetString(CreateItem.ToJson()));

    [Fact]
    public void The_status_update_is_written_word_for_word() =>
        Assert.Equal(Golden.Dense(Golden.Text("status-update")), Encoding.UTF8.GetString(StatusUpdated.ToJson()));

    [Fact]
    public void The_image_message_is_written_word_for_word() =>
        Assert.Equal(Golden.Dense(Golden.Text("image-received")), Encoding.UTF8.GetString(ImageReceived.ToJson()));

    [Theory]
    [InlineData("""{"status":"created","action_id":"<uuid>"}""")]
    [InlineData("""{"status":"exists","action_id":"<uuid>"}""")]
    [InlineData("""{"status":"echo","payload":{"a":[1,null]}}""")]
    [InlineData("""{"status":"ok","action_id":"<uuid>","health":{"store":"ok"}}""")]
    [InlineData("""{"status":"error","action_id":"<uuid>","message":"Unsupported action: worklist.paint"}""")]
    public void A_reply_to_an_action_is_read_and_written_word_for_word(string json) =>
        Assert.Equal(json, Encoding.UTF8.GetString(ActionReply.Parse(Encoding.UTF8.GetBytes(json)).Value!.ToJson()));

    [Theory]
    [InlineData("""{"status":"updated","action_id":"a","appointment_id":"b","old_state":"sent_to_modality","new_state":"in_progress"}""", true)]
    [InlineData("""{"status":"action_not_found"}""", true)]
    [InlineData("""{"status":"appointment_not_found"}""", true)]
    [InlineData("""{"status":"no_appointment_id"}""", true)]
    [InlineData("""{"status":"created"}""", true)]
    [InlineData("""{"status":"already_exists"}""", true)]
    [InlineData("""{"status":"error","message":"no"}""", false)]
    [InlineData("""{"status":"unknown_status"}""", false)]
    [InlineData("""{"status":"unknown_event"}""", false)]
    [InlineData("""{"status":"something_of_tomorrow"}""", false)]
    public void A_reply_to_an_event_counts_as_delivered_as_the_contract_says(string json, bool delivered)
    {
        var reply = EventReply.Parse(Encoding.UTF8.GetBytes(json)).Value!;

        Assert.Equal(delivered, reply.CountsAsDelivered);
        Assert.Equal(json, Encoding.UTF8.GetString(reply.ToJson()));
    }

    private static readonly GatewayAction.CreateItem CreateItem = new(new WorklistOrder
    {
        AccessionNumber = "ACC-20260105-1A2B",
        RequestedProcedureId = "REQ-20260105-3C4D",
        Participant = new() { NhsNumber = "9990001112", Name = "SMITH^JANE", BirthDate = "19650315", Sex = "F" },
        Scheduled = new() { Date = "20260105", Time = "103000" },
        Procedure = new() { Modality = "MG", StationName = "MMG_ROOM_1", StudyDescription = "Screening Mammography" },
    })
    {
        ActionId = "<uuid>",
        Timestamp = new DateTimeOffset(2026, 1, 5, 9, 0, 0, TimeSpan.Zero),
        SourceSystem = "manage-breast-screening",
        SourceReference = new() { AppointmentId = "<uuid>", ParticipantId = "<nhs number>" },
    };

    private static readonly GatewayEvent.StatusUpdated StatusUpdated = new(new StatusUpdate
    {
        ActionId = "<source_message_id>",
        AccessionNumber = "ACC-20260105-1A2B",
        Status = "IN PROGRESS",
        MppsInstanceUid = "1.2.3",
    })
    {
        Timestamp = new DateTimeOffset(2026, 1, 5, 10, 31, 0, TimeSpan.Zero),
        SourceSystem = "gateway-mwl",
    };

    private static readonly GatewayEvent.ImageReceived ImageReceived = new(
        new ReceivedImage
        {
            Participant = new() { NhsNumber = "9990001112", PatientName = "SMITH^JANE" },
            Study = new()
            {
                AccessionNumber = "ACC-...",
                StudyInstanceUid = "...",
                Modality = "MG",
                StudyDate = "20260105",
                StudyTime = "103500",
                StudyDescription = "Screening Mammography",
            },
            Series = new() { SeriesInstanceUid = "...", SeriesNumber = "1", SeriesDescription = "Right Breast CC View" },
            Image = new()
            {
                SopInstanceUid = "...",
                InstanceNumber = "1",
                Dimensions = new() { Rows = 2048, Columns = 1536 },
                Acquisition = new() { ViewPosition = "CC", Laterality = "R" },
                Dose = new()
                {
                    OrganDose = "",
                    EntranceDoseInMgy = "",
                    Kvp = "",
                    ExposureInUas = "",
                    AnodeTargetMaterial = "",
                    FilterMaterial = "",
                    FilterThickness = "",
                },
                Thumbnail = new() { Data = "<base64 JPEG>", Format = "jpeg", Width = 141, Height = 188 },
                ReceivedAt = new DateTimeOffset(2026, 1, 5, 10, 35, 0, TimeSpan.Zero),
            },
        },
        new SourceReference { ActionId = "<uuid>" })
    {
        MessageId = "<uuid>",
        Timestamp = new DateTimeOffset(2026, 1, 5, 10, 35, 0, TimeSpan.Zero),
        SourceSystem = "gateway-pacs",
    };
}
