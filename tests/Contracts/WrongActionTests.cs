using System.Text;
using System.Text.Json.Nodes;

namespace Gantry.Contracts.Tests;

/// <summary>Messages that are not as the contract has them: the answer names the field, and repeats no value.</summary>
public sealed class WrongActionTests
{
    [Theory]
    [InlineData("action_type", null, "action_type")]
    [InlineData("action_type", "7", "action_type")]
    [InlineData("action_id", null, "action_id")]
    [InlineData("action_id", "{}", "action_id")]
    [InlineData("schema_version", "\"one\"", "schema_version")]
    [InlineData("timestamp", "\"yesterday\"", "timestamp")]
    [InlineData("parameters", null, "parameters.worklist_item")]
    [InlineData("parameters", "[]", "parameters")]
    [InlineData("parameters.worklist_item", "\"SMITH^JANE\"", "parameters.worklist_item")]
    [InlineData("parameters.worklist_item.accession_number", null, "parameters.worklist_item.accession_number")]
    [InlineData("parameters.worklist_item.accession_number", "\"  \"", "parameters.worklist_item.accession_number")]
    [InlineData("parameters.worklist_item.accession_number", "17", "parameters.worklist_item.accession_number")]
    [InlineData("parameters.worklist_item.participant", null, "parameters.worklist_item.participant.nhs_number")]
    [InlineData("parameters.worklist_item.participant.name", null, "parameters.worklist_item.participant.name")]
    [InlineData("parameters.worklist_item.participant.birth_date", "\"19651399\"", "parameters.worklist_item.participant.birth_date")]
    [InlineData("parameters.worklist_item.participant.sex", "\"W\"", "parameters.worklist_item.participant.sex")]
    [InlineData("parameters.worklist_item.scheduled.date", "\"5 January\"", "parameters.worklist_item.scheduled.date")]
    [InlineData("parameters.worklist_item.scheduled.time", "\"2560\"", "parameters.worklist_item.scheduled.time")]
    [InlineData("parameters.worklist_item.procedure.modality", "\"\"", "parameters.worklist_item.procedure.modality")]
    [InlineData("parameters.worklist_item.procedure.modality", "[\"MG\"]", "parameters.worklist_item.procedure.modality")]
    public void The_field_that_is_wrong_is_named(string field, string? value, string named)
    {
        var read = GatewayAction.Parse(Golden.With("create-item", field, value is null ? null : JsonNode.Parse(value)));

        Assert.False(read.Succeeded);
        Assert.Equal(named, read.Error.Field);
        Assert.StartsWith(named, ActionReply.Error(read.Error).Message, StringComparison.Ordinal);
        Assert.DoesNotContain("SMITH", read.Error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("9990001112", read.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_answer_to_a_wrong_action_carries_its_id()
    {
        var read = GatewayAction.Parse(Golden.With("create-item", "parameters.worklist_item.scheduled", "never"));

        Assert.Equal(
            """{"status":"error","action_id":"<uuid>","message":"parameters.worklist_item.scheduled has the wrong type or form."}""",
            Encoding.UTF8.GetString(ActionReply.Error(read.Error!).ToJson()));
    }

    [Fact]
    public void An_id_is_found_even_when_the_message_breaks_off_behind_it()
    {
        var read = GatewayAction.Parse("""{"action_id":"4711","action_type":"worklist.create_item","parameters":{"""u8);

        Assert.Equal("4711", read.Error!.Id);
        Assert.StartsWith("The message is not JSON", read.Error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("17")]
    [InlineData("[]")]
    [InlineData("hello")]
    [InlineData("{\"action_type\":\"\\ud800\"}")]
    [InlineData("{\"SMITH^JANE\":")]
    public void What_is_no_message_at_all_is_refused_as_a_whole(string text)
    {
        var read = GatewayAction.Parse(Encoding.UTF8.GetBytes(text));

        Assert.False(read.Succeeded);
        Assert.DoesNotContain("SMITH", read.Error.Message, StringComparison.Ordinal);
        Assert.False(GatewayEvent.Parse(Encoding.UTF8.GetBytes(text)).Succeeded);
    }

    [Fact]
    public void An_action_of_tomorrow_is_answered_with_unsupported_and_its_id()
    {
        var action = GatewayAction.Parse("""{"action_id":"4711","action_type":"worklist.paint","parameters":[1,2]}"""u8).Value;

        var reply = ActionReply.Unsupported(Assert.IsType<GatewayAction.Unsupported>(action));

        Assert.Equal("""{"status":"error","action_id":"4711","message":"Unsupported action: worklist.paint"}""", Encoding.UTF8.GetString(reply.ToJson()));
    }

    [Fact]
    public void The_name_of_an_unknown_action_is_cut_and_made_printable()
    {
        var action = GatewayAction.Parse(Encoding.UTF8.GetBytes($$"""{"action_type":"\n{{new string('x', 500)}}"}""")).Value;

        Assert.Equal("?" + new string('x', 63), Assert.IsType<GatewayAction.Unsupported>(action).Type);
    }

    [Fact]
    public void Unknown_fields_are_ignored_wherever_they_stand()
    {
        var known = GatewayAction.Parse(Golden.Bytes("create-item")).Value;

        foreach (var place in new[] { "colour", "parameters.colour", "parameters.worklist_item.colour", "parameters.worklist_item.participant.colour" })
            Assert.Equal(known, GatewayAction.Parse(Golden.With("create-item", place, JsonNode.Parse("""{"red":[1,2]}"""))).Value);
    }

    [Fact]
    public void A_later_schema_version_is_read() =>
        Assert.Equal(2, GatewayAction.Parse(Golden.With("create-item", "schema_version", 2)).Value!.SchemaVersion);

    [Theory]
    [InlineData("""{"action_type":"echo","payload":1}""", "1")]
    [InlineData("""{"action_type":"echo","parameters":{"payload":"x"}}""", "\"x\"")]
    [InlineData("""{"action_type":"echo","parameters":{"x":1}}""", "{\"x\":1}")]
    [InlineData("""{"action_type":"echo"}""", "null")]
    public void An_echo_gives_back_its_payload_wherever_it_stood(string question, string payload)
    {
        var echo = Assert.IsType<GatewayAction.Echo>(GatewayAction.Parse(Encoding.UTF8.GetBytes(question)).Value);

        Assert.Equal($$"""{"status":"echo","payload":{{payload}}}""", Encoding.UTF8.GetString(ActionReply.Echo(echo.Payload).ToJson()));
    }

    [Theory]
    [InlineData("""{"accession_number":"A1"}""")]
    [InlineData("""{"worklist_item":{"accession_number":"A1"}}""")]
    public void An_order_to_remove_is_named_in_either_place(string parameters)
    {
        var json = $$"""{"action_id":"1","action_type":"worklist.remove_item","parameters":{{parameters}}}""";

        Assert.Equal("A1", Assert.IsType<GatewayAction.RemoveItem>(GatewayAction.Parse(Encoding.UTF8.GetBytes(json)).Value).AccessionNumber);
    }

    [Fact]
    public void A_status_that_no_order_has_is_refused()
    {
        var read = GatewayAction.Parse(
            """{"action_id":"1","action_type":"worklist.update_status","parameters":{"accession_number":"A1","status":"LOST"}}"""u8);

        Assert.Equal("parameters.status must be one of SCHEDULED, IN_PROGRESS, COMPLETED, DISCONTINUED.", read.Error!.Message);
    }
}
