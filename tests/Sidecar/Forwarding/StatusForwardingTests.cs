using System.Net;
using System.Text.Json.Nodes;
using Gantry.Contracts;
using Gantry.Sidecar.Tests.Hosting;
using Gantry.Worklist;

namespace Gantry.Sidecar.Tests.Forwarding;

/// <summary>What becomes of an exam's messages, by what the cloud says to them.</summary>
public sealed class StatusForwardingTests : IAsyncLifetime
{
    private CloudStub _cloud = null!;
    private RunningGateway _gateway = null!;

    public async Task InitializeAsync()
    {
        _cloud = await CloudStub.StartAsync();
        _gateway = await RunningGateway.StartAsync([.. _cloud.Settings, "Forwarding:ErrorsBeforeParking=3"]);
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _cloud.DisposeAsync();
    }

    [Fact]
    public async Task An_exam_is_told_from_its_start_to_its_end_as_the_contract_has_it()
    {
        await _gateway.Store.OrderAsync("ACC-20260105-1A2", action: "<source_message_id>");
        await _gateway.Store.StartAsync("ACC-20260105-1A2");
        await _gateway.Store.FinishAsync("ACC-20260105-1A2");
        await _cloud.UntilAsync(heard => heard.Count == 2);

        Assert.Equal(["IN PROGRESS", "COMPLETED"], _cloud.Heard.StatusesOf("ACC-20260105-1A2"));
        var said = JsonNode.Parse(_cloud.Raw[0])!.AsObject();
        // What the contract has grown by, and what differs from exam to exam
        Assert.True(Guid.TryParse(said["message_id"]!.GetValue<string>(), out _));
        Assert.True(said.Remove("message_id"));
        Assert.True(said["data"]!.AsObject().Remove("study_instance_uid"));
        said["timestamp"] = "2026-01-05T10:31:00Z";
        Assert.Equal(
            """{"schema_version":1,"event_type":"mpps.status_update","timestamp":"2026-01-05T10:31:00Z","source_system":"gateway-mwl","data":{"action_id":"<source_message_id>","accession_number":"ACC-20260105-1A2","status":"IN PROGRESS","mpps_instance_uid":"STEP"}}"""
                .Replace("STEP", Exams.Step("ACC-20260105-1A2"), StringComparison.Ordinal),
            said.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
    }

    [Theory]
    [InlineData("updated"), InlineData("action_not_found"), InlineData("appointment_not_found"), InlineData("no_appointment_id")]
    [InlineData("created"), InlineData("already_exists")]
    public async Task A_reply_that_counts_as_delivered_ends_the_matter(string status)
    {
        _cloud.Answer = _ => new() { Status = status };
        await ExamAsync("A1");
        await UntilAsync(statistics => statistics == new OutboxStatistics(0, 0, null));

        Assert.Equal(2, _cloud.Heard.Count);
    }

    [Theory]
    [InlineData("unknown_status"), InlineData("unknown_event")]
    public async Task What_the_cloud_does_not_know_is_set_aside_and_can_be_replayed_or_dropped(string status)
    {
        _cloud.Answer = message => Status(message) == "IN PROGRESS" ? new() { Status = status } : CloudStub.Taken(message);
        await ExamAsync("A1");
        await ExamAsync("A2");
        await UntilAsync(statistics => statistics is { Pending: 0, Parked: 2 });

        Assert.Equal(["IN PROGRESS", "COMPLETED"], _cloud.Heard.StatusesOf("A1"));
        var parked = (await _gateway.GetAsync("/api/forwarding/parked")).EnumerateArray().ToList();
        Assert.Equal(["A2", "A1"], parked.Select(entry => entry.GetProperty("order_key").GetString()!));
        Assert.Contains(status, parked[0].GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal("degraded", await HealthOfAsync("forwarding"));

        _cloud.Answer = CloudStub.Taken;
        Assert.Equal(HttpStatusCode.NoContent, await CallAsync(HttpMethod.Delete, $"/api/forwarding/parked/{parked[0].GetProperty("id")}"));
        Assert.Equal(HttpStatusCode.NoContent, await CallAsync(HttpMethod.Post, $"/api/forwarding/parked/{parked[1].GetProperty("id")}/replay"));
        await UntilAsync(statistics => statistics == new OutboxStatistics(0, 0, null));
        Assert.Equal(["IN PROGRESS", "COMPLETED", "IN PROGRESS"], _cloud.Heard.StatusesOf("A1"));
        Assert.Equal(HttpStatusCode.NotFound, await CallAsync(HttpMethod.Delete, $"/api/forwarding/parked/{parked[0].GetProperty("id")}"));
    }

    [Fact]
    public async Task After_an_error_the_message_comes_again_and_the_later_one_of_its_exam_waits_for_it()
    {
        var errors = 2;
        _cloud.Answer = message => Interlocked.Decrement(ref errors) >= 0 ? EventReply.Error(null, "the database is away") : CloudStub.Taken(message);
        await ExamAsync("A1");
        await UntilAsync(statistics => statistics == new OutboxStatistics(0, 0, null));

        Assert.Equal(["IN PROGRESS", "IN PROGRESS", "IN PROGRESS", "COMPLETED"], _cloud.Heard.StatusesOf("A1"));
        Assert.Single(_cloud.Heard.Take(3).Select(message => message.MessageId).Distinct());
    }

    [Fact]
    public async Task A_message_that_fails_while_others_get_through_is_set_aside_and_its_exam_goes_on()
    {
        _cloud.Answer = message => Accession(message) == "BAD" && Status(message) == "IN PROGRESS"
            ? EventReply.Error(message.MessageId, "a value nobody can store") : CloudStub.Taken(message);
        await ExamAsync("BAD");
        for (var i = 0; (await _gateway.Store.OutboxStatisticsAsync(OutboxTarget.Cloud, default)).Parked == 0; i++)
        {
            await ExamAsync($"GOOD{i}");
            await _cloud.UntilAsync(heard => heard.StatusesOf($"GOOD{i}").Count() == 2);
        }
        await UntilAsync(statistics => statistics is { Pending: 0, Parked: 1 });

        Assert.Equal("COMPLETED", _cloud.Heard.StatusesOf("BAD").Last());
        Assert.True(_cloud.Heard.StatusesOf("BAD").Count(status => status == "IN PROGRESS") >= 3);
        Assert.Contains("a value nobody can store", (await _gateway.GetAsync("/api/forwarding/parked"))[0].GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_another_program_left_in_the_outbox_is_set_aside_when_nobody_can_read_it()
    {
        await _gateway.Store.EnqueueAsync(
            new() { Target = OutboxTarget.Cloud, EventKey = "e", OrderKey = "A1", Kind = StatusEvent.Kind, Payload = "{"u8.ToArray() }, default);
        await ExamAsync("A1");
        await UntilAsync(statistics => statistics is { Pending: 0, Parked: 1 });

        Assert.Equal(["IN PROGRESS", "COMPLETED"], _cloud.Heard.StatusesOf("A1"));
    }

    [Fact]
    public async Task Nothing_is_lost_and_nothing_overtakes_while_the_relay_is_cut()
    {
        await ExamAsync("A1");
        await _cloud.UntilAsync(heard => heard.Count == 2);
        await _cloud.CutAsync();
        for (var i = 2; i < 40; i++)
            await ExamAsync($"A{i}");
        while ((await _gateway.GetAsync("/api/forwarding")).TryGetProperty("outage", out _) is false)
            await Task.Yield();
        Assert.Equal("degraded", await HealthOfAsync("forwarding"));
        Assert.Equal("degraded", await HealthOfAsync("relay"));

        await _cloud.OpenAsync();
        await UntilAsync(statistics => statistics == new OutboxStatistics(0, 0, null));

        for (var i = 1; i < 40; i++)
            Assert.Equal(["IN PROGRESS", "COMPLETED"], _cloud.Heard.StatusesOf($"A{i}").Distinct());
        Assert.Equal("healthy", await HealthOfAsync("forwarding"));
        var status = await _gateway.GetAsync("/api/forwarding");
        Assert.Equal((true, 0L), (status.GetProperty("enabled").GetBoolean(), status.GetProperty("pending").GetInt64()));
        Assert.Contains("gantry_outbox_messages_total{kind=\"mpps.status_update\",outcome=\"delivered\"}", await _gateway.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_relay_nothing_piles_up_for_the_cloud()
    {
        await using var alone = await RunningGateway.StartAsync();
        await alone.Store.OrderAsync("A1");
        await alone.Store.StartAsync("A1");

        Assert.Equal(0, (await alone.Store.OutboxStatisticsAsync(OutboxTarget.Cloud, default)).Pending);
        Assert.False((await alone.GetAsync("/api/forwarding")).GetProperty("enabled").GetBoolean());
    }

    private async Task ExamAsync(string accession)
    {
        await _gateway.Store.OrderAsync(accession);
        await _gateway.Store.StartAsync(accession);
        await _gateway.Store.FinishAsync(accession);
    }

    private async Task UntilAsync(Func<OutboxStatistics, bool> isSo)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!isSo(await _gateway.Store.OutboxStatisticsAsync(OutboxTarget.Cloud, patience.Token)))
            await Task.Yield();
    }

    private async Task<string> HealthOfAsync(string check) => (await _gateway.GetAsync("/health")).GetProperty("checks").EnumerateArray()
        .Single(one => one.GetProperty("name").GetString() == check).GetProperty("status").GetString()!;

    private async Task<HttpStatusCode> CallAsync(HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        using var response = await _gateway.Client.SendAsync(request);
        return response.StatusCode;
    }

    private static string? Status(GatewayEvent message) => (message as GatewayEvent.StatusUpdated)?.Data.Status;

    private static string? Accession(GatewayEvent message) => (message as GatewayEvent.StatusUpdated)?.Data.AccessionNumber;
}
