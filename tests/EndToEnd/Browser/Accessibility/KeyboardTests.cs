using Gantry.EndToEnd.Tests.OldClients;
using Microsoft.Playwright;

namespace Gantry.EndToEnd.Tests.Browser.Accessibility;

/// <summary>The clinic's web app by keyboard alone, by what a screen reader says, and without JavaScript.</summary>
[Collection(SharedClinic.Name)]
public sealed class KeyboardTests(ClinicSystem clinic)
{
    private const string Focused = "() => (document.activeElement.labels?.[0]?.textContent ?? document.activeElement.textContent ?? '').trim().replace(/\\s+/g, ' ')";

    [Fact]
    public async Task A_participant_is_sent_to_the_modality_by_keyboard_alone()
    {
        var visitor = await clinic.AppointmentAsync("checked_in", "Keyboard", "Only");
        var page = await clinic.Chromium.OpenAsync();
        await page.GotoAsync($"{clinic.Address}/sign-in?returnUrl={visitor.Day}");

        await page.Keyboard.PressAsync("Tab");
        Assert.Equal("Skip to main content", await page.EvaluateAsync<string>(Focused));
        await page.Keyboard.PressAsync("Enter");
        await TabToAsync(page, "Email address");
        await page.Keyboard.TypeAsync(ClinicSystem.ClinicUser);
        await TabToAsync(page, "Password");
        await page.Keyboard.TypeAsync("gantry-demo-2026");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send to modality" }).WaitForAsync();
        await TabToAsync(page, "Send to modality: Keyboard Only");
        Assert.True(await page.EvaluateAsync<bool>("() => { const style = getComputedStyle(document.activeElement); return style.outlineStyle !== 'none' || style.boxShadow !== 'none'; }"),
            "Nothing shows where the focus is.");
        await page.Keyboard.PressAsync("Enter");

        // The button is gone, and whoever had it is still there and not at the top of the page
        await page.Locator("[data-state=complete]").WaitForAsync();
        Assert.Equal("Keyboard Only", await page.EvaluateAsync<string>(Focused));
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".app-thumbnail")).ToHaveCountAsync(4);
    }

    [Fact]
    public async Task What_changes_is_said_aloud_and_moves_nobody()
    {
        var visitor = await clinic.AppointmentAsync("sent_to_modality", "Loud", "Speaker");
        var day = await clinic.SignedInAsync();
        await day.GotoAsync(clinic.Address + visitor.Day);
        var exam = await day.Context.NewPageAsync();
        await exam.GotoAsync(clinic.Address + visitor.Page);
        // A region that comes together with its text is not read
        await Assertions.Expect(day.GetByRole(AriaRole.Status)).ToHaveTextAsync("");
        await Assertions.Expect(exam.GetByRole(AriaRole.Status)).ToHaveTextAsync("");
        await day.EvaluateAsync("() => { window.same = true; document.querySelector('tbody a').focus(); }");

        await clinic.Events.SendAsync(OldMessages.Status(null, visitor.Accession, "IN PROGRESS").ToJsonString());

        await Assertions.Expect(day.GetByRole(AriaRole.Status)).ToHaveTextAsync("Loud Speaker: In progress");
        await Assertions.Expect(exam.GetByRole(AriaRole.Status)).ToHaveTextAsync("Status: In progress");
        await clinic.Events.SendAsync(OldMessages.Image(visitor.Accession, visitor.NhsNumber, Dicom.DicomUid.New()).ToJsonString());
        await Assertions.Expect(exam.GetByRole(AriaRole.Status)).ToHaveTextAsync("New image: R CC");
        await Assertions.Expect(exam.Locator(".app-thumbnail")).ToHaveCountAsync(1);
        Assert.Equal("Loud Speaker", await day.EvaluateAsync<string>(Focused));
        Assert.True(await day.EvaluateAsync<bool>("() => window.same"), "The page was loaded anew.");
    }

    [Fact]
    public async Task Without_JavaScript_a_participant_is_sent_and_the_next_look_shows_how_it_went()
    {
        var visitor = await clinic.AppointmentAsync("checked_in", "Plain", "Page");
        var page = await clinic.SignedInAsync(configure: options => options.JavaScriptEnabled = false);
        await page.GotoAsync(clinic.Address + visitor.Day);

        await page.GetByRole(AriaRole.Button, new() { Name = "Send to modality" }).ClickAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Send to modality" })).ToHaveCountAsync(0);
        await Patience.UntilAsync(async () =>
        {
            await page.ReloadAsync();
            var row = await page.Locator("tbody tr").InnerTextAsync();
            return (row.Contains("Complete", StringComparison.Ordinal), row);
        });
        await page.GetByRole(AriaRole.Link, new() { Name = "Plain Page" }).ClickAsync();
        await Assertions.Expect(page.Locator(".app-thumbnail")).ToHaveCountAsync(4);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Assertions.Expect(page.GetByLabel("Password")).ToBeVisibleAsync();
    }

    /// <summary>Presses Tab until the focus is there.</summary>
    private static async Task TabToAsync(IPage page, string name)
    {
        var met = new List<string>();
        while (met.Count < 40)
        {
            await page.Keyboard.PressAsync("Tab");
            met.Add(await page.EvaluateAsync<string>(Focused));
            if (met[^1] == name)
                return;
        }
        Assert.Fail($"40 times Tab did not lead to '{name}', but to: {string.Join(", ", met)}");
    }
}
