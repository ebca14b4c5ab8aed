using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace Gantry.EndToEnd.Tests.OldClients;

/// <summary>A gateway of before listens for what the cloud sends.</summary>
[Collection(SharedClinic.Name)]
public sealed class OldGatewayTests(ClinicSystem clinic)
{
    [Fact]
    public async Task It_gets_the_order_as_the_contract_has_it_and_its_answer_confirms_the_action()
    {
        var visitor = await clinic.AppointmentAsync("checked_in", "Siobhan", "O'Brien");
        await AddGatewayAsync("old-gateway", visitor);
        await using var gateway = await new RawClient(clinic.System, "old-gateway").ListenAsync(
            action => $$"""{"status":"created","action_id":"{{action.GetProperty("action_id").GetString()}}"}""");
        var page = await clinic.SignedInAsync();
        await page.GotoAsync(clinic.Address + visitor.Day);

        await page.GetByRole(AriaRole.Button, new() { Name = "Send to modality" }).ClickAsync();
        await Patience.UntilAsync(async () =>
            await clinic.SqlAsync($"SELECT confirmed_at IS NOT NULL FROM gateway_actions WHERE appointment_id = '{visitor.Appointment}'") is var seen ? (seen == "t", seen) : default);

        var message = JsonNode.Parse(Assert.Single(gateway.Heard))!.AsObject();
        var row = (await clinic.SqlAsync(
            $"SELECT action.id, accession_number, requested_procedure_id, to_char(current_date + 1, 'YYYYMMDD') FROM appointments JOIN gateway_actions AS action ON appointment_id = appointments.id WHERE appointments.id = '{visitor.Appointment}'")).Split('|');
        Assert.True(message.Remove("timestamp"));
        var expected = JsonNode.Parse($$"""
            { "schema_version": 1, "action_id": "{{row[0]}}", "action_type": "worklist.create_item", "source_system": "manage-breast-screening",
              "source_reference": { "appointment_id": "{{visitor.Appointment}}", "participant_id": "{{visitor.NhsNumber}}" },
              "parameters": { "worklist_item": {
                  "accession_number": "{{row[1]}}", "requested_procedure_id": "{{row[2]}}",
                  "participant": { "nhs_number": "{{visitor.NhsNumber}}", "name": "O'BRIEN^SIOBHAN", "birth_date": "19600203", "sex": "F" },
                  "scheduled": { "date": "{{row[3]}}", "time": "103000" },
                  "procedure": { "modality": "MG", "study_description": "Screening Mammography" } } } }
            """);
        Assert.True(JsonNode.DeepEquals(expected, message), $"expected {expected}\ngot {message}");
        Assert.Equal("sent_to_modality", await clinic.StateAsync(visitor));

        // And it tells of the exam, by the id that it was given
        var reply = await clinic.Events.SendAsync(OldMessages.Status(row[0], row[1], "COMPLETED").ToJsonString());
        Assert.Equal("complete", reply.GetProperty("new_state").GetString());
    }

    [Fact]
    public async Task An_error_that_it_answers_is_shown_to_the_admin_who_sends_the_order_again()
    {
        var visitor = await clinic.AppointmentAsync();
        await AddGatewayAsync("moody-gateway", visitor);
        var answers = 0;
        await using var gateway = await new RawClient(clinic.System, "moody-gateway").ListenAsync(action => answers++ == 0
            ? """{"status":"error","message":"Out of paper."}"""
            : $$"""{"status":"created","action_id":"{{action.GetProperty("action_id").GetString()}}"}""");
        var page = await clinic.SignedInAsync();
        await page.GotoAsync(clinic.Address + visitor.Day);
        await page.GetByRole(AriaRole.Button, new() { Name = "Send to modality" }).ClickAsync();
        await Patience.UntilAsync(async () =>
            await clinic.SqlAsync($"SELECT failure_reason FROM gateway_actions WHERE appointment_id = '{visitor.Appointment}'") is var seen ? (seen.Length > 0, seen) : default);
        var accession = await clinic.SqlAsync($"SELECT accession_number FROM appointments WHERE id = '{visitor.Appointment}'");
        var admin = await clinic.SignedInAsync(ClinicSystem.AdminUser);
        await admin.GotoAsync($"{clinic.Address}/admin");

        await Assertions.Expect(admin.Locator("tr").Filter(new() { HasText = accession })).ToContainTextAsync("gateway: Out of paper.");
        await admin.GetByRole(AriaRole.Button, new() { Name = $"Resend {accession}" }).ClickAsync();

        await Patience.UntilAsync(async () =>
            await clinic.SqlAsync($"SELECT confirmed_at IS NOT NULL FROM gateway_actions WHERE appointment_id = '{visitor.Appointment}'") is var seen ? (seen == "t", seen) : default);
        Assert.Single(gateway.Heard.Select(each => JsonNode.Parse(each)!["action_id"]!.GetValue<string>()).Distinct());
        Assert.Equal(2, gateway.Heard.Count);
    }

    /// <summary>The admin adds it by the page; the visitor's clinic becomes one of a provider of its own.</summary>
    private async Task AddGatewayAsync(string connection, Visitor visitor)
    {
        var page = await clinic.SignedInAsync(ClinicSystem.AdminUser);
        await page.GotoAsync($"{clinic.Address}/admin");
        await page.GetByLabel("Name of a new gateway").FillAsync($"Hospital of {connection}");
        await page.GetByLabel("Its hybrid connection").FillAsync(connection);
        await page.GetByRole(AriaRole.Button, new() { Name = "Add gateway" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("The gateway was added.");
        await clinic.SqlAsync($"""
            WITH provider AS (INSERT INTO providers (id, name, gateway_id)
                SELECT gen_random_uuid(), 'Provider of {connection}', id FROM gateways WHERE hybrid_connection = '{connection}' RETURNING id)
            UPDATE clinics SET provider_id = provider.id FROM provider WHERE clinics.id = '{visitor.Clinic}'
            """);
    }
}
