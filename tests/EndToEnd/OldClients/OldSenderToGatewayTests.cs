using System.Text.Json.Nodes;

namespace Gantry.EndToEnd.Tests.OldClients;

/// <summary>A cloud of before tells our gateway what to do: the actions of contracts.md section 4, and their replies.</summary>
[Collection(SharedClinic.Name)]
public sealed class OldSenderToGatewayTests(ClinicSystem clinic)
{
    private readonly Sqlite3 _worklist = new(clinic.System.WorklistDatabase);
    private readonly string _id = Guid.NewGuid().ToString();

    [Fact]
    public async Task An_order_is_made_once_however_often_it_comes_and_keeps_every_field()
    {
        var accession = NewAccession();
        var message = OldMessages.Create(_id, accession).ToJsonString();

        var replies = new[] { await clinic.Actions.AskAsync(message), await clinic.Actions.AskAsync(message) };
        var other = Guid.NewGuid().ToString();
        var twin = await clinic.Actions.AskAsync(OldMessages.Create(other, accession).ToJsonString());

        Assert.All(replies, reply => Same($$"""{ "status": "created", "action_id": "{{_id}}" }""", reply));
        Same($$"""{ "status": "exists", "action_id": "{{other}}" }""", twin);
        Assert.Equal(
            $"9990001112|SMITH^JANE|19650315|F|20260105|103000|MG|Screening Mammography|REQ-20260105-3C|MMG_ROOM_1|{_id}",
            await _worklist.RunAsync($"""
                SELECT patient_id, patient_name, patient_birth_date, patient_sex, scheduled_date, scheduled_time, modality, study_description,
                    requested_procedure_id, scheduled_station_name, source_message_id FROM worklist_items WHERE accession_number = '{accession}';
                """));
    }

    /// <summary>The contract's own example has 17 characters, which DICOM's SH does not take: kept, and said.</summary>
    [Fact]
    public async Task An_accession_number_of_17_characters_is_kept_with_a_word_of_warning()
    {
        var accession = $"ACC-20260105-{Guid.NewGuid().ToString("N")[..4]}".ToUpperInvariant();

        var reply = await clinic.Actions.SendAsync(OldMessages.Create(_id, accession).ToJsonString());

        Assert.Equal("created", reply.GetProperty("status").GetString());
        Assert.Contains("16 characters", reply.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal("SCHEDULED", await _worklist.StatusOfAsync(accession));
    }

    [Fact]
    public async Task An_order_is_changed_and_removed()
    {
        var accession = await _worklist.AddOrderAsync("MG", "OLD^CLOUD");

        Same($$"""{ "status": "updated", "action_id": "{{_id}}" }""", await clinic.Actions.AskAsync(OldMessages.Action(
            _id, "worklist.update_status", new() { ["accession_number"] = accession, ["status"] = "DISCONTINUED" }).ToJsonString()));
        Assert.Equal("DISCONTINUED", await _worklist.StatusOfAsync(accession));

        foreach (var status in new[] { "removed", "not_found" })
        {
            var reply = await clinic.Actions.SendAsync(OldMessages.Action(
                Guid.NewGuid().ToString(), "worklist.remove_item", new() { ["accession_number"] = accession }).ToJsonString());
            Assert.Equal(status, reply.GetProperty("status").GetString());
        }
        Assert.Equal("", await _worklist.StatusOfAsync(accession));
    }

    [Fact]
    public async Task A_test_item_is_performed_by_the_emulator()
    {
        var accession = NewAccession();

        var reply = await clinic.Actions.SendAsync(OldMessages.Create(_id, accession, "worklist.create_test_item").ToJsonString());

        Assert.Equal("tested", reply.GetProperty("status").GetString());
        await Patience.UntilAsync(async () => await _worklist.StatusOfAsync(accession) is var status ? (status == "COMPLETED", status) : default);
    }

    [Fact]
    public async Task Echo_and_health_say_that_the_gateway_lives()
    {
        var echo = await clinic.Actions.AskAsync($$"""{ "action_id": "{{_id}}", "action_type": "echo", "parameters": { "payload": { "a": [1, "ü"] } } }""");
        var health = await clinic.Actions.SendAsync(OldMessages.Action(_id, "health", []).ToJsonString());

        Same("""{ "status": "echo", "payload": { "a": [1, "ü"] } }""", echo);
        Assert.Equal(("ok", _id), (health.GetProperty("status").GetString(), health.GetProperty("action_id").GetString()));
        // One check may be a moment behind, for instance when the machine is busy
        await Patience.UntilAsync(async () => (await clinic.Actions.SendAsync(OldMessages.Action(_id, "health", []).ToJsonString())).GetProperty("health") is var now
            && now.GetProperty("status").GetString() == "healthy" ? (true, "") : (false, now.GetRawText()));
    }

    [Theory]
    [InlineData("worklist.paint_it_black", "Unsupported action: worklist.paint_it_black")]
    [InlineData("", "action_type")]
    public async Task Another_action_is_refused_by_name(string type, string reason)
    {
        var reply = await clinic.Actions.SendAsync(OldMessages.Action(_id, type, []).ToJsonString());

        Assert.Equal(("error", _id), (reply.GetProperty("status").GetString(), reply.GetProperty("action_id").GetString()));
        Assert.Contains(reason, reply.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("")]
    [InlineData("[1, 2]")]
    [InlineData("null")]
    [InlineData("worklist.create_item")]
    [InlineData("""{ "action_id": 7, "action_type": "worklist.create_item", "parameters": [] }""")]
    [InlineData("""{ "action_id": "a", "action_type": "worklist.create_item", "parameters": { "worklist_item": { "scheduled": "now" } } }""")]
    public async Task A_malformed_body_gets_an_error_and_never_silence(string body)
    {
        var reply = await clinic.Actions.SendAsync(body);

        Assert.Equal("error", reply.GetProperty("status").GetString());
        Assert.NotEmpty(reply.GetProperty("message").GetString()!);
    }

    private static string NewAccession() => $"OLD{Guid.NewGuid().ToString("N")[..12]}".ToUpperInvariant();

    private static void Same(string expected, string reply) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(reply)), $"expected {expected}, got {reply}");
}
