using System.Text.RegularExpressions;
using Gantry.Dicom;
using Gantry.EndToEnd.Tests.OldClients;
using Microsoft.Playwright;

namespace Gantry.EndToEnd.Tests.Browser.Accessibility;

/// <summary>Every page of the clinic's web app, with everything on it that there can be.</summary>
[Collection(SharedClinic.Name)]
public sealed partial class ClinicPagesTests(ClinicSystem clinic)
{
    private string Address => clinic.Address;

    [Fact]
    public async Task Pages_before_the_sign_in_are_for_everybody()
    {
        var page = await clinic.Chromium.OpenAsync();
        var check = new PageCheck(page);

        await check.LookAtAsync($"{Address}/sign-in");
        await page.GetByLabel("Email address").FillAsync("nobody@demo.test");
        await page.GetByLabel("Password").FillAsync("not the password");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await page.GetByRole(AriaRole.Alert).WaitForAsync();
        await check.LookAsync("sign-in with an error");
        await check.LookAtAsync($"{Address}/nothing-here");

        check.NothingWasFound();
    }

    [Fact]
    public async Task Pages_of_a_clinic_are_for_everybody()
    {
        var states = new[] { "checked_in", "sent_to_modality", "in_progress", "complete", "cancelled" };
        var visitors = new List<Visitor>();
        foreach (var state in states)
            visitors.Add(await clinic.AppointmentAsync(state, "Siobhan", "O'Brien"));
        // One clinic with them all
        await clinic.SqlAsync($"UPDATE clinic_slots SET clinic_id = '{visitors[0].Clinic}', starts_at = starts_at + random() * interval '5 hours' "
            + $"WHERE id IN (SELECT slot_id FROM appointments WHERE id IN ({string.Join(", ", visitors.Select(visitor => $"'{visitor.Appointment}'"))}))");
        visitors = [.. visitors.Select(visitor => visitor with { Clinic = visitors[0].Clinic })];
        await WithImagesAsync(visitors[3]);
        await RefusedAsync(visitors[1]);
        var page = await clinic.SignedInAsync();
        var check = new PageCheck(page);

        await check.LookAtAsync($"{Address}/clinics");
        await check.LookAtAsync(Address + visitors[0].Day);
        foreach (var visitor in visitors)
            await check.LookAtAsync(Address + visitor.Page);
        await check.LookAtAsync($"{Address}/admin");
        await check.LookAtAsync($"{Address}/nothing-here");
        await check.LookAtAsync($"{Address}/sign-out");
        await check.LookAtTheRestAsync(Address, KindOf);

        check.NothingWasFound();
    }

    [Fact]
    public async Task A_page_that_says_why_nothing_was_sent_is_for_everybody()
    {
        var visitor = await clinic.AppointmentAsync();
        var page = await clinic.SignedInAsync();
        // As a browser without JavaScript has it; with it the page would learn of the new state, and take the button away
        await page.RouteAsync("**/*.js*", route => route.AbortAsync());
        await page.GotoAsync(Address + visitor.Day);
        await clinic.SqlAsync($"UPDATE appointments SET state = 'cancelled' WHERE id = '{visitor.Appointment}'");
        await page.Locator("td form").EvaluateAsync("form => form.submit()");
        var check = new PageCheck(page);

        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("cannot be sent again");
        await check.LookAsync("a clinic's day with a problem");

        check.NothingWasFound();
    }

    [Fact]
    public async Task Pages_of_the_admin_are_for_everybody()
    {
        var visitor = await clinic.AppointmentAsync("complete");
        var other = await clinic.AppointmentAsync("in_progress");
        await WithImagesAsync(visitor);
        await RefusedAsync(other);
        var page = await clinic.SignedInAsync(ClinicSystem.AdminUser);
        var check = new PageCheck(page);

        await check.LookAtAsync($"{Address}/admin");
        await check.LookAtAsync($"{Address}/admin/studies");
        await page.GotoAsync($"{Address}/admin/clinics");
        await page.GetByLabel("List of appointments").SetInputFilesAsync(new FilePayload { Name = "list.csv", MimeType = "text/csv", Buffer = "provider,clinic"u8.ToArray() });
        await page.GetByRole(AriaRole.Button, new() { Name = "Add appointments" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("There is no column date");
        await check.LookAsync("a list of appointments with a problem");
        await page.GotoAsync($"{Address}/admin/messages");
        await page.Locator("details summary").First.ClickAsync();
        await check.LookAsync("a refused message");
        await page.GotoAsync($"{Address}/admin/users");
        await page.GetByLabel("Email address").FillAsync("demo");
        await page.GetByLabel("First password").FillAsync("short");
        await page.Locator("form[action*=Add]").EvaluateAsync("form => form.noValidate = true");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add user" }).ClickAsync();
        await page.GetByRole(AriaRole.Status).WaitForAsync();
        await check.LookAsync("users with a problem");
        await check.LookAtTheRestAsync(Address, KindOf);

        check.NothingWasFound();
    }

    /// <summary>Images of both breasts, one without a picture, one that is of no breast; and an image of somebody else.</summary>
    private async Task WithImagesAsync(Visitor visitor)
    {
        var study = DicomUid.New();
        foreach (var (laterality, view, thumbnail) in new[] { ("R", "CC", null), ("R", "MLO", null), ("L", "CC", null), ("L", "MLO", "bm8gSlBFRw=="), ("", "", null) })
        {
            var reply = await clinic.Events.SendAsync(
                OldMessages.Image(visitor.Accession, visitor.NhsNumber, study, laterality, view, thumbnail: thumbnail).ToJsonString());
            Assert.Equal("created", reply.GetProperty("status").GetString());
        }
        await clinic.Events.SendAsync(OldMessages.Image(visitor.Accession, "9990009999", study).ToJsonString());
    }

    /// <summary>Everything that an admin is shown because it went wrong.</summary>
    private async Task RefusedAsync(Visitor visitor)
    {
        await clinic.Events.AskAsync("""{ "event_type": "mpps.status_update", "data": {} }""");
        await clinic.Events.SendAsync(OldMessages.Image(visitor.Accession, "9990009999", DicomUid.New()).ToJsonString());
        await clinic.Events.SendAsync(OldMessages.Image("NOBODYS", "9990009999", DicomUid.New()).ToJsonString());
        var over = await clinic.AppointmentAsync("complete");
        await clinic.Events.SendAsync(OldMessages.Status(null, over.Accession, "DISCONTINUED").ToJsonString());
        await clinic.SqlAsync($"""
            INSERT INTO gateway_actions (id, gateway_id, appointment_id, type, payload, created_at, sent_at, failed_at, failure_phase, failure_reason, attempts)
            SELECT gen_random_uuid(), id, '{visitor.Appointment}', 'worklist.create_item', '', now(), now(), now(), 'gateway', 'The worklist is read-only.', 3 FROM gateways LIMIT 1
            """);
    }

    private static string KindOf(string path) => Id().Replace(path, "ID");

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f-]{27}")]
    private static partial Regex Id();
}
