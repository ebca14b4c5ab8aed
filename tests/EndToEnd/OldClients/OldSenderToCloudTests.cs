using System.Text.Json;
using Gantry.Dicom;
using Microsoft.Playwright;

namespace Gantry.EndToEnd.Tests.OldClients;

/// <summary>A gateway of before tells the cloud what happens: the messages of contracts.md section 5 as written, and their replies.</summary>
[Collection(SharedClinic.Name)]
public sealed class OldSenderToCloudTests(ClinicSystem clinic)
{
    [Fact]
    public async Task An_exam_is_told_from_its_start_to_its_end()
    {
        var visitor = await clinic.AppointmentAsync("sent_to_modality");
        var action = await ActionAsync($"'{visitor.Appointment}'");

        var started = await clinic.Events.SendAsync(OldMessages.Status(action, visitor.Accession, "IN PROGRESS").ToJsonString());
        var again = await clinic.Events.SendAsync(OldMessages.Status(action, visitor.Accession, "IN PROGRESS").ToJsonString());
        var ended = await clinic.Events.SendAsync(OldMessages.Status(action, visitor.Accession, "COMPLETED").ToJsonString());

        Assert.Equal(("updated", action, visitor.Appointment, "sent_to_modality", "in_progress"), Read(started));
        Assert.Equal(("updated", action, visitor.Appointment, "in_progress", "in_progress"), Read(again));
        Assert.Equal(("updated", action, visitor.Appointment, "in_progress", "complete"), Read(ended));
        Assert.Equal("complete", await clinic.StateAsync(visitor));
        Assert.Equal("t", await clinic.SqlAsync($"SELECT confirmed_at IS NOT NULL FROM gateway_actions WHERE id = '{action}'"));
    }

    [Fact]
    public async Task A_discontinued_exam_cancels_its_appointment()
    {
        var visitor = await clinic.AppointmentAsync("in_progress");

        var reply = await clinic.Events.SendAsync(OldMessages.Status("", visitor.Accession, "DISCONTINUED").ToJsonString());

        Assert.Equal("cancelled", reply.GetProperty("new_state").GetString());
        Assert.Equal("cancelled", await clinic.StateAsync(visitor));
    }

    [Fact]
    public async Task What_fits_nobody_is_answered_by_contract()
    {
        var nobodys = Guid.NewGuid().ToString();
        var withoutAppointment = await ActionAsync("NULL");

        Assert.Equal("action_not_found", await StatusAsync(OldMessages.Status(nobodys, "NOBODYS", "IN PROGRESS").ToJsonString()));
        Assert.Equal("appointment_not_found", await StatusAsync(OldMessages.Status("", "NOBODYS", "IN PROGRESS").ToJsonString()));
        Assert.Equal("no_appointment_id", await StatusAsync(OldMessages.Status(withoutAppointment, "", "IN PROGRESS").ToJsonString()));
        Assert.Equal("unknown_status", await StatusAsync(OldMessages.Status(nobodys, "NOBODYS", "PAUSED").ToJsonString()));
        Assert.Equal("unknown_event", await StatusAsync("""{ "event_type": "study.deleted", "data": {} }"""));
    }

    [Fact]
    public async Task An_image_is_taken_once_and_shown_with_its_dose()
    {
        var visitor = await clinic.AppointmentAsync("in_progress");
        var message = OldMessages.Image(visitor.Accession, visitor.NhsNumber, DicomUid.New());
        var page = await clinic.SignedInAsync();
        await page.GotoAsync(clinic.Address + visitor.Page);

        var first = await clinic.Events.SendAsync(message.ToJsonString());
        var second = await clinic.Events.SendAsync(message.ToJsonString());

        Assert.Equal(("created", message["message_id"]!.GetValue<string>()), (first.GetProperty("status").GetString(), first.GetProperty("message_id").GetString()));
        Assert.Equal(("already_exists", message["message_id"]!.GetValue<string>()), (second.GetProperty("status").GetString(), second.GetProperty("message_id").GetString()));
        await Assertions.Expect(page.Locator(".app-breast--right .app-thumbnail")).ToHaveCountAsync(1);
        await page.WaitForFunctionAsync("() => document.querySelector('.app-thumbnail').naturalHeight === 188");
        await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = "Dose" })).ToContainTextAsync("R CC");
    }

    private async Task<string> ActionAsync(string appointment) => await clinic.SqlAsync($"""
        INSERT INTO gateway_actions (id, gateway_id, appointment_id, type, payload, created_at)
        SELECT gen_random_uuid(), id, {appointment}, 'worklist.create_item', '', now() FROM gateways LIMIT 1 RETURNING id
        """);

    private async Task<string?> StatusAsync(string message) => (await clinic.Events.SendAsync(message)).GetProperty("status").GetString();

    private static (string?, string?, string?, string?, string?) Read(JsonElement reply)
    {
        string? Text(string name) => reply.GetProperty(name).GetString();
        return (Text("status"), Text("action_id"), Text("appointment_id"), Text("old_state"), Text("new_state"));
    }
}
