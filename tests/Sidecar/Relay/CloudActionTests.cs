using Gantry.Contracts;
using Gantry.Sidecar.Relay;
using Gantry.Sidecar.Tests.Archive;
using Gantry.Sidecar.Tests.Forwarding;
using Gantry.Sidecar.Tests.Hosting;
using Gantry.Worklist;
using Microsoft.Extensions.DependencyInjection;
using Orthanc.Net.Tests;

namespace Gantry.Sidecar.Tests.Relay;

/// <summary>What the cloud asks for through a real relay, and what it hears.</summary>
public sealed class CloudActionTests : IAsyncLifetime
{
    private CloudStub _cloud = null!;
    private RunningGateway _gateway = null!;

    public async Task InitializeAsync()
    {
        _cloud = await CloudStub.StartAsync();
        _gateway = await RunningGateway.StartAsync([.. _cloud.Settings, "ModalityAeTitles:MG=MMG1"]);
        await _gateway.Services.GetRequiredService<ActionListener>().WaitUntilRegisteredAsync(default);
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _cloud.DisposeAsync();
    }

    [Fact]
    public async Task An_order_of_the_cloud_is_on_the_worklist_with_all_its_fields()
    {
        Assert.Equal("""{"status":"created","action_id":"m1"}""", (await _cloud.SayAsync(Create("m1", "ACC-260105-1A2B"))).GetRawText());

        var item = (await _gateway.Store.GetAsync("ACC-260105-1A2B", default))!;
        Assert.Equal(
            ("9990001112", "SMITH^JANE", "19650315", "F", "20260105", "103000", "MG", "MMG_ROOM_1", "Screening Mammography", "REQ-260105-3C4D", "m1", "MMG1"),
            (item.PatientId, item.PatientName, item.PatientBirthDate, item.PatientSex, item.ScheduledDate, item.ScheduledTime, item.Modality,
                item.ScheduledStationName, item.StudyDescription, item.RequestedProcedureId, item.SourceMessageId, item.ScheduledStationAet));
    }

    [Fact]
    public async Task The_message_of_the_contract_word_for_word_is_taken_though_its_numbers_are_too_long_for_a_modality()
    {
        var reply = await _cloud.SayAsync(Create("m1", "ACC-20260105-1A2B", "REQ-20260105-3C4D"));

        Assert.Equal(("created", "m1"), (reply.GetProperty("status").GetString(), reply.GetProperty("action_id").GetString()));
        Assert.Contains("accession_number and requested_procedure_id may have 16 characters at most", reply.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal("REQ-20260105-3C4D", (await _gateway.Store.GetAsync("ACC-20260105-1A2B", default))!.RequestedProcedureId);
    }

    [Fact]
    public async Task The_same_action_at_once_makes_one_order_and_gets_the_same_reply()
    {
        var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _cloud.SayAsync(Create("m1", "A1"))));

        Assert.All(replies, reply => Assert.Equal("""{"status":"created","action_id":"m1"}""", reply.GetRawText()));
        Assert.Single(await _gateway.Store.FindAsync(new(), default));
        Assert.Equal("""{"status":"exists","action_id":"m2"}""", (await _cloud.SayAsync(Create("m2", "A1"))).GetRawText());
        Assert.Equal("m1", (await _gateway.Store.GetAsync("A1", default))!.SourceMessageId);
    }

    [Fact]
    public async Task An_order_is_removed_and_its_status_set_and_what_is_not_there_is_said()
    {
        await _cloud.SayAsync(Create("m1", "A1"));
        Assert.Equal("updated", await StatusAsync(new GatewayAction.UpdateStatus("A1", "COMPLETED") { ActionId = "m2" }));
        Assert.Equal(OrderStatus.Completed, (await _gateway.Store.GetAsync("A1", default))!.Status);
        Assert.Equal("removed", await StatusAsync(new GatewayAction.RemoveItem("A1") { ActionId = "m3" }));
        Assert.Equal("removed", await StatusAsync(new GatewayAction.RemoveItem("A1") { ActionId = "m3" }));
        Assert.Equal("not_found", await StatusAsync(new GatewayAction.RemoveItem("A1") { ActionId = "m4" }));
        Assert.Equal("not_found", await StatusAsync(new GatewayAction.UpdateStatus("A1", "SCHEDULED") { ActionId = "m5" }));
        Assert.Equal("created", (await _cloud.SayAsync(Create("m1", "A1"))).GetProperty("status").GetString());
        Assert.Null(await _gateway.Store.GetAsync("A1", default));
    }

    [Theory]
    [InlineData("no JSON at all", "JSON")]
    [InlineData("{}", "action_type")]
    [InlineData("""{"action_id":"m1","action_type":"worklist.paint_item"}""", "Unsupported action: worklist.paint_item")]
    [InlineData("""{"action_id":"m1","action_type":"worklist.create_item"}""", "parameters.worklist_item")]
    [InlineData("""{"action_id":"m1","action_type":"worklist.remove_item","parameters":{}}""", "parameters.accession_number")]
    [InlineData("""{"action_id":"m1","action_type":"worklist.update_status","parameters":{"accession_number":"A1","status":"DONE"}}""", "parameters.status")]
    public async Task What_is_wrong_is_said(string action, string words)
    {
        var reply = await _cloud.SayAsync(action);
        Assert.Equal("error", reply.GetProperty("status").GetString());
        Assert.Contains(words, reply.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SMITH^JANE", "SMITH=JANE", "parameters.worklist_item.participant.name")]
    [InlineData("\"MG\"", "\"mammography with a long name\"", "parameters.worklist_item.procedure.modality")]
    [InlineData("ACC-260105-1A2B", "A\\\\B", "parameters.worklist_item.accession_number")]
    [InlineData("Screening Mammography", "a description that is longer than the sixty-four characters that it may have", "parameters.worklist_item.procedure.study_description")]
    public async Task An_order_that_REST_would_refuse_is_refused_by_the_name_of_its_field(string right, string wrong, string field)
    {
        var reply = await _cloud.SayAsync(Create("m1", "ACC-260105-1A2B").Replace(right, wrong, StringComparison.Ordinal));

        Assert.Equal(("error", "m1"), (reply.GetProperty("status").GetString(), reply.GetProperty("action_id").GetString()));
        Assert.StartsWith(field + " ", reply.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Empty(await _gateway.Store.FindAsync(new(), default));
    }

    [Fact]
    public async Task Echo_gives_back_what_it_got_and_health_shows_the_relay_by_a_round_trip()
    {
        Assert.Equal("""{"status":"echo","payload":{"a":[1]}}""", (await _cloud.SayAsync("""{"action_type":"echo","payload":{"a":[1]}}""")).GetRawText());

        var reply = await _cloud.SayAsync("""{"action_type":"health","action_id":"m1"}""");
        Assert.Equal("ok", reply.GetProperty("status").GetString());
        var relay = reply.GetProperty("health").GetProperty("checks").EnumerateArray().Single(check => check.GetProperty("name").GetString() == "relay");
        Assert.Equal("healthy", relay.GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_relay_that_does_not_know_our_key_is_told_by_health_with_the_phase()
    {
        await using var stranger = await RunningGateway.StartAsync([.. _cloud.Settings, "Relay:SharedAccessKey=wrong"]);
        var relay = (await stranger.GetAsync("/health")).GetProperty("checks").EnumerateArray().Single(check => check.GetProperty("name").GetString() == "relay");
        Assert.Equal(("degraded", "authorize"), (relay.GetProperty("status").GetString(), relay.GetProperty("phase").GetString()));
    }

    [Fact]
    public async Task A_test_item_is_performed_by_the_emulated_modality_and_the_cloud_sees_the_whole_exam()
    {
        await using var orthanc = new OrthancProcess();
        await orthanc.StartAsync();
        await _gateway.DisposeAsync();
        _gateway = await RunningGateway.StartAsync(
            [.. ArchiveHouse.Settings(orthanc), .. _cloud.Settings, "ChangeFeed:PollInterval=00:00:00.100", "Demo:ExamDelay=00:00:00"]);
        await _gateway.Services.GetRequiredService<ActionListener>().WaitUntilRegisteredAsync(default);

        Assert.Equal("tested", (await _cloud.SayAsync(Create("m1", "A1").Replace("create_item", "create_test_item", StringComparison.Ordinal))).GetProperty("status").GetString());
        await _cloud.UntilAsync(heard => heard.OfType<GatewayEvent.ImageReceived>().Count() == 4 && heard.OfType<GatewayEvent.StatusUpdated>().Count() == 2);

        Assert.Equal(["IN PROGRESS", "COMPLETED"], _cloud.Heard.StatusesOf("A1"));
        Assert.All(_cloud.Heard.OfType<GatewayEvent.ImageReceived>(), image => Assert.Equal("m1", image.SourceReference?.ActionId));
        Assert.All(_cloud.Heard.OfType<GatewayEvent.ImageReceived>(), image => Assert.True(image.Image.Image.Thumbnail!.TryGetJpeg(out _)));
    }

    private async Task<string?> StatusAsync(GatewayAction action) =>
        (await _cloud.SayAsync(System.Text.Encoding.UTF8.GetString(action.ToJson()))).GetProperty("status").GetString();

    private static string Create(string action, string accession, string procedure = "REQ-260105-3C4D") => $$"""
        { "schema_version": 1, "action_id": "{{action}}", "action_type": "worklist.create_item",
          "timestamp": "2026-01-05T09:00:00Z", "source_system": "manage-breast-screening",
          "source_reference": { "appointment_id": "1", "participant_id": "9990001112" },
          "parameters": { "worklist_item": {
              "accession_number": "{{accession}}", "requested_procedure_id": "{{procedure}}",
              "participant": { "nhs_number": "9990001112", "name": "SMITH^JANE", "birth_date": "19650315", "sex": "F" },
              "scheduled": { "date": "20260105", "time": "103000" },
              "procedure": { "modality": "MG", "station_name": "MMG_ROOM_1", "study_description": "Screening Mammography" } } } }
        """;
}
