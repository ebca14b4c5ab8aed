using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace Gantry.Contracts.Tests;

/// <summary>What holds for every message, and for everything that is none.</summary>
public sealed class MessagePropertyTests
{
    private static readonly Gen<string> Words =
        from letters in Gen.ArrayOf(Gen.Elements("AZaz09^ é漢\"\\/\n<'&+=".ToCharArray()))
        select "x" + new string(letters);

    private static readonly Gen<string?> MaybeWords = Gen.OneOf(Gen.Constant<string?>(null), Words.Select(text => (string?)text));

    private static readonly Gen<DateTimeOffset?> Moments = Gen.OneOf(
        Gen.Constant<DateTimeOffset?>(null),
        Gen.Choose(0, int.MaxValue).Select(seconds => (DateTimeOffset?)DateTimeOffset.FromUnixTimeSeconds(seconds).AddTicks(seconds % 10_000_000)));

    private static readonly Gen<WorklistOrder> Orders =
        from accession in Words
        from requested in MaybeWords
        from name in Words
        from number in Words
        from born in Gen.Elements<string?>(null, "", "19650315")
        from sex in Gen.Elements<string?>(null, "", "M", "F", "O")
        from time in Gen.Elements("1030", "235959")
        from station in MaybeWords
        select new WorklistOrder
        {
            AccessionNumber = accession,
            RequestedProcedureId = requested,
            Participant = new() { NhsNumber = number, Name = name, BirthDate = born, Sex = sex },
            Scheduled = new() { Date = "20260105", Time = time },
            Procedure = new() { Modality = "MG", StationName = station, StudyDescription = requested },
        };

    private static readonly Gen<GatewayAction> Actions =
        from order in Orders
        from id in Words
        from moment in Moments
        from source in MaybeWords
        from action in Gen.Elements<GatewayAction>(
            new GatewayAction.CreateItem(order),
            new GatewayAction.CreateTestItem(order),
            new GatewayAction.RemoveItem(order.AccessionNumber),
            new GatewayAction.UpdateStatus(order.AccessionNumber, "COMPLETED"),
            new GatewayAction.Health(),
            new GatewayAction.Unsupported("something.else"))
        select action is GatewayAction.Unsupported
            ? action with { ActionId = id }
            : action with { ActionId = id, Timestamp = moment, SourceSystem = source, SourceReference = new() { AppointmentId = source } };

    private static readonly Gen<GatewayEvent> Events =
        from words in Gen.ArrayOf(MaybeWords, 6)
        from id in Words
        from moment in Moments
        from number in Gen.Choose(0, 10_000)
        from which in Gen.Elements(true, false)
        select which
            ? (GatewayEvent)new GatewayEvent.StatusUpdated(new() { ActionId = words[0], AccessionNumber = words[1], Status = "COMPLETED", MppsInstanceUid = words[2] })
            { MessageId = words[3], Timestamp = moment, SourceSystem = words[4] }
            : new GatewayEvent.ImageReceived(
                new()
                {
                    Participant = new() { PatientName = words[0] },
                    Study = new() { StudyInstanceUid = id, StudyDescription = words[1] },
                    Series = new() { SeriesInstanceUid = id, SeriesDescription = words[2] },
                    Image = new()
                    {
                        SopInstanceUid = id,
                        Dimensions = new() { Rows = number },
                        Dose = words[3] is null ? null : new() { Kvp = words[3] },
                        Thumbnail = new() { Data = words[4], Height = number },
                        ReceivedAt = moment,
                    },
                },
                words[5] is null ? null : new SourceReference { ActionId = words[5] })
            { MessageId = id, Timestamp = moment };

    /// <summary>JSON of every shape, with the contract's own names often enough to get far into it.</summary>
    private static Gen<JsonNode?> Json(int depth)
    {
        var leaves = Gen.OneOf(
            Gen.Constant<JsonNode?>(null),
            Gen.Choose(-5, 5).Select(number => (JsonNode?)number),
            Gen.Elements(true, false).Select(value => (JsonNode?)value),
            Gen.Elements("worklist.create_item", "echo", "mpps.status_update", "study.image_received", "", "20260105", "x").Select(text => (JsonNode?)text));
        if (depth == 0)
            return leaves;
        var names = Gen.Elements("action_id", "action_type", "event_type", "message_type", "message_id", "parameters", "worklist_item", "data",
            "status", "participant", "study", "image", "thumbnail", "timestamp", "schema_version", "payload", "other");
        var members = Gen.ArrayOf(from name in names from value in Json(depth - 1) select (name, value));
        return Gen.OneOf(
            leaves,
            Gen.ArrayOf(Json(depth - 1)).Select(items => (JsonNode?)new JsonArray(items)),
            members.Select(pairs => (JsonNode?)new JsonObject(pairs.DistinctBy(pair => pair.name).Select(pair => new KeyValuePair<string, JsonNode?>(pair.name, pair.value)))));
    }

    [Fact]
    public void Every_action_comes_back_as_it_was_written() =>
        Prop.ForAll(Actions.ToArbitrary(), action => Assert.Equal(action, GatewayAction.Parse(action.ToJson()).Value)).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_event_comes_back_as_it_was_written() =>
        Prop.ForAll(Events.ToArbitrary(), message => Assert.Equal(message, GatewayEvent.Parse(message.ToJson()).Value)).QuickCheckThrowOnFailure();

    [Fact]
    public void An_echo_comes_back_with_any_payload() =>
        Prop.ForAll(Json(2).Resize(6).ToArbitrary(), payload =>
        {
            var sent = new GatewayAction.Echo(JsonSerializer.SerializeToElement(payload)) { ActionId = "1" };
            var echo = (GatewayAction.Echo)GatewayAction.Parse(sent.ToJson()).Value!;
            Assert.Equal(payload?.ToJsonString() ?? "null", echo.Payload?.GetRawText() ?? "null");
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_JSON_is_a_message_or_an_error_that_names_a_field() =>
        Prop.ForAll(Json(3).Resize(8).ToArbitrary(), node => NeverThrows(Encoding.UTF8.GetBytes(node?.ToJsonString() ?? "null"))).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_bytes_are_a_message_or_an_error_that_names_a_field() =>
        Prop.ForAll<byte[]>(NeverThrows).QuickCheckThrowOnFailure();

    [Fact]
    public void A_message_broken_off_or_spoilt_anywhere_is_an_error_or_a_message()
    {
        foreach (var name in new[] { "create-item", "status-update", "image-received" })
        {
            var whole = Golden.Bytes(name);
            for (var at = 0; at < whole.Length; at += 3)
            {
                NeverThrows(whole[..at]);
                foreach (var other in new byte[] { (byte)'"', 0xFF })
                {
                    var spoilt = whole.ToArray();
                    spoilt[at] = other;
                    NeverThrows(spoilt);
                }
            }
        }
    }

    private static void NeverThrows(byte[] json)
    {
        var action = GatewayAction.Parse(json);
        var message = GatewayEvent.Parse(json);
        Assert.True(action.Succeeded || action.Error.Field.Length > 0);
        Assert.True(message.Succeeded || message.Error.Field.Length > 0);
        if (!action.Succeeded)
            Assert.True(ActionReply.Parse(ActionReply.Error(action.Error).ToJson()).Succeeded);
        if (!message.Succeeded)
            Assert.True(EventReply.Parse(EventReply.Error(message.Error).ToJson()).Succeeded);
        _ = ActionReply.Parse(json);
        _ = EventReply.Parse(json);
    }
}
