using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Gantry.Cloud.Appointments;
using Gantry.Cloud.Tests.System;

namespace Gantry.Cloud.Tests.Events;

/// <summary>The messages of contracts.md section 5, word for word, from a client that knows nothing of ours.</summary>
[Collection(nameof(SharedCloud))]
public sealed class GoldenMessageTests(SharedCloud.Fixture shared)
{
    private static readonly string[] StatusReply = ["status", "action_id", "appointment_id", "old_state", "new_state"];

    private CloudSystem Cloud => shared.Cloud;

    [Fact]
    public async Task A_status_update_as_old_gateways_write_it_moves_the_appointment()
    {
        var someone = await Cloud.SomeoneAsync(state: AppointmentState.SentToModality);

        var reply = await SayAsync($$"""
            { "schema_version": 1, "event_type": "mpps.status_update", "timestamp": "2026-01-05T10:31:00Z",
              "source_system": "gateway-mwl",
              "data": { "action_id": "{{Guid.Empty}}", "accession_number": "{{someone.Accession}}",
                        "status": "IN PROGRESS", "mpps_instance_uid": "1.2.3" } }
            """);

        Assert.Equal(["updated", $"{Guid.Empty}", $"{someone.Appointment}", "sent_to_modality", "in_progress"],
            StatusReply.Select(field => reply.GetProperty(field).GetString()));
        Assert.Equal(AppointmentState.InProgress, await Cloud.StateAsync(someone));
    }

    [Fact]
    public async Task An_image_as_old_gateways_write_it_is_created_once()
    {
        var someone = await Cloud.SomeoneAsync(state: AppointmentState.SentToModality);
        var message = $$"""
            { "schema_version": 1, "message_id": "{{Guid.NewGuid()}}", "message_type": "study.image_received",
              "timestamp": "2026-01-05T10:35:00Z", "source_system": "gateway-pacs",
              "source_reference": { "action_id": "{{Guid.NewGuid()}}" },
              "parameters": {
                "participant": { "nhs_number": "{{someone.NhsNumber}}", "patient_name": "SMITH^JANE" },
                "study": { "accession_number": "{{someone.Accession}}", "study_instance_uid": "{{Messages.Uid()}}", "modality": "MG",
                           "study_date": "20260105", "study_time": "103500", "study_description": "Screening Mammography" },
                "series": { "series_instance_uid": "{{Messages.Uid()}}", "series_number": "1", "series_description": "Right Breast CC View" },
                "image": { "sop_instance_uid": "{{Messages.Uid()}}", "instance_number": "1",
                  "dimensions": { "rows": 2048, "columns": 1536 },
                  "acquisition": { "view_position": "CC", "laterality": "R" },
                  "dose": { "organ_dose": "", "entrance_dose_in_mgy": "", "kvp": "", "exposure_in_uas": "",
                            "anode_target_material": "", "filter_material": "", "filter_thickness": "" },
                  "thumbnail": { "data": "{{Convert.ToBase64String(Messages.Jpeg)}}", "format": "jpeg", "width": 141, "height": 188 },
                  "received_at": "2026-01-05T10:35:00Z" } } }
            """;

        Assert.Equal("created", (await SayAsync(message)).GetProperty("status").GetString());
        Assert.Equal("already_exists", (await SayAsync(message)).GetProperty("status").GetString());

        using var browser = await Cloud.SignedInAsync();
        var images = JsonDocument.Parse(await browser.PageAsync($"/api{someone.Page}/images")).RootElement.GetProperty("images");
        var thumbnail = Assert.Single(images.EnumerateArray()).GetProperty("thumbnail_url").GetString()!;
        using var picture = await browser.GetAsync(thumbnail);
        Assert.Equal(Messages.Jpeg, await picture.Content.ReadAsByteArrayAsync());
        Assert.Equal("image/jpeg", picture.Content.Headers.ContentType!.MediaType);
    }

    [Theory]
    [InlineData("{\"event_type\":\"mpps.status_update\",\"data\":{\"action_id\":\"5b1c42a3-0a1f-4d1e-9a63-000000000001\",\"status\":\"COMPLETED\"}}", "action_not_found")]
    [InlineData("{\"event_type\":\"mpps.status_update\",\"data\":{\"status\":\"COMPLETED\",\"accession_number\":\"NOBODY\"}}", "appointment_not_found")]
    [InlineData("{\"event_type\":\"mpps.status_update\",\"data\":{\"status\":\"PAUSED\",\"accession_number\":\"NOBODY\"}}", "unknown_status")]
    [InlineData("{\"event_type\":\"mpps.something_else\"}", "unknown_event")]
    [InlineData("{\"event_type\":\"mpps.status_update\",\"data\":{}}", "error")]
    [InlineData("{\"event_type\":\"mpps.status_update\",\"data\":{\"status\":7}}", "error")]
    [InlineData("{\"message_type\":\"study.image_received\",\"message_id\":\"1\",\"parameters\":{}}", "error")]
    [InlineData("{\"event_type\":", "error")]
    [InlineData("[1, 2, 3]", "error")]
    [InlineData("", "error")]
    public async Task Every_other_message_gets_the_reply_of_the_contract(string message, string status) =>
        Assert.Equal(status, (await SayAsync(message)).GetProperty("status").GetString());

    [Theory]
    [InlineData("wrong key", 401)]
    [InlineData("gateway-elsewhere", 403)]
    public async Task A_token_that_is_not_good_for_it_opens_nothing(string fault, int status)
    {
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;

        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(
            fault == "wrong key" ? Address("gateway-events", "guessed") : Address("gateway-events", CloudSystem.Key, fault), CancellationToken.None));

        Assert.Equal(status, (int)socket.HttpStatusCode);
    }

    /// <summary>One message, one reply, as the protocol guide has it.</summary>
    private async Task<JsonElement> SayAsync(string message)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(Address("gateway-events", CloudSystem.Key), patience.Token);
        await socket.SendAsync(Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text, true, patience.Token);
        var buffer = new byte[65536];
        var received = await socket.ReceiveAsync(buffer, patience.Token);
        Assert.True(received.EndOfMessage);
        return JsonDocument.Parse(buffer.AsMemory(0, received.Count)).RootElement;
    }

    private Uri Address(string path, string key, string? tokenFor = null)
    {
        var resource = Uri.EscapeDataString($"http://contoso.servicebus.windows.net/{tokenFor ?? path}");
        var expiry = DateTimeOffset.Parse("2040-01-01", global::System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeSeconds();
        var signature = Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes($"{resource}\n{expiry}")));
        var token = $"SharedAccessSignature sr={resource}&sig={Uri.EscapeDataString(signature)}&se={expiry}&skn=RootManageSharedAccessKey";
        return new($"{Cloud.Address.Replace("http", "ws", StringComparison.Ordinal)}/$hc/{path}?sb-hc-action=connect&sb-hc-token={Uri.EscapeDataString(token)}");
    }
}
