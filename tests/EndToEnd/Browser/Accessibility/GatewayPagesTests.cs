using System.Text.Json;
using Gantry.Dicom;
using Gantry.Sidecar.Accounts;
using Microsoft.Playwright;

namespace Gantry.EndToEnd.Tests.Browser.Accessibility;

/// <summary>Every page of the gateway itself, in both of its colour schemes.</summary>
[Collection(SharedClinic.Name)]
public sealed class GatewayPagesTests(ClinicSystem clinic)
{
    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Pages_of_the_gateway_are_for_everybody(ColorScheme colours)
    {
        var system = clinic.System;
        var address = $"http://localhost:{system.Ports.SidecarWeb}";
        await EverythingThatCanBeShownAsync();
        var page = await clinic.Chromium.OpenAsync(configure: options => options.ColorScheme = colours);
        var check = new PageCheck(page);

        await page.GotoAsync(address);
        foreach (var table in new[] { "worklist", "aside", "unscheduled", "parked", "checks" })
            await page.Locator($"#{table} tr:not(:has(.empty))").First.WaitForAsync();
        await check.LookAsync("the worklist");
        await check.LookAtAsync($"{address}/archive");
        await page.GotoAsync($"{address}/api");
        await page.Locator("#GetForwarding summary").ClickAsync();
        await page.Locator("#GetForwarding button").ClickAsync();
        await page.Locator("#GetForwarding pre").WaitForAsync();
        await page.EvaluateAsync("() => document.querySelectorAll('details').forEach(one => one.open = true)");
        await check.LookAsync("the API");
        await check.LookAtTheRestAsync(address, path => path);

        check.NothingWasFound();
        // Else the shared system's health speaks of it to the tests that follow
        await new Sqlite3(system.WorklistDatabase).RunAsync("DELETE FROM outbox WHERE kind = 'of.another_version';");
    }

    [Fact]
    public async Task Pages_to_sign_in_and_out_are_for_everybody()
    {
        var keys = GantrySystem.NewFolder();
        await using var sidecar = await SidecarAlone.StartAsync(
            ("Accounts__Enabled", "true"), ("Accounts__KeyFolder", keys), ("Accounts__Users__0__Name", "reader"),
            ("Accounts__Users__0__Role", "Admin"), ("Accounts__Users__0__PasswordHash", Passwords.Hash("correct horse")), ("Orthanc__Enabled", "false"));
        var address = $"http://localhost:{sidecar.WebPort}";
        foreach (var colours in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            var page = await clinic.Chromium.OpenAsync(configure: options => options.ColorScheme = colours);
            var check = new PageCheck(page);

            await check.LookAtAsync($"{address}/sign-in");
            await page.GetByLabel("Name").FillAsync("reader");
            await page.GetByLabel("Password").FillAsync("wrong");
            await page.Keyboard.PressAsync("Enter");
            await page.GetByRole(AriaRole.Alert).WaitForAsync();
            await check.LookAsync("sign-in with an error");
            await page.GetByLabel("Name").FillAsync("reader");
            await page.GetByLabel("Password").FillAsync("correct horse");
            await page.Keyboard.PressAsync("Enter");
            await page.GetByText("Signed in as reader").WaitForAsync();
            await check.LookAsync("the worklist with an account");
            await check.LookAtAsync($"{address}/sign-out");

            check.NothingWasFound();
        }
        Directory.Delete(keys, recursive: true);
    }

    /// <summary>An order that no modality can be given, an exam without an order, a message that the cloud refused, a study.</summary>
    private async Task EverythingThatCanBeShownAsync()
    {
        var worklist = new Sqlite3(clinic.System.WorklistDatabase);
        await worklist.AddOrderAsync("MG", "LONG^NUMBER", ("accession_number", "'ACC-20260105-1A2B" + Guid.NewGuid().ToString("N")[..4] + "'"));
        await Findscu.AskAsync(clinic.System.Ports.Worklist, ["PatientName=LONG*", "AccessionNumber"]);
        await worklist.RunAsync($"""
            INSERT INTO outbox (target, event_key, order_key, kind, payload, created_at, next_attempt_at)
            VALUES ('cloud', '{Guid.NewGuid()}', 'ACC1', 'of.another_version', '', '2026-01-05T10:00:00.000Z', '2026-01-05T10:00:00.000Z');
            """);
        await new NpmModality(clinic.System.Ports.Worklist).Create(DicomUid.New(), NpmModality.Started("MG", "", DicomUid.New())).TalkAsync();
        await new Archive(clinic.System).UploadAsync(await Images.SaveOneAsync(clinic.System.Data, "CR", DicomUid.New(), "SHOWN"));
        using var http = new HttpClient();
        await Patience.UntilAsync(async () =>
        {
            var text = await http.GetStringAsync($"http://localhost:{clinic.System.Ports.SidecarWeb}/api/forwarding/parked");
            return (JsonDocument.Parse(text).RootElement.GetArrayLength() > 0, text);
        });
    }
}
