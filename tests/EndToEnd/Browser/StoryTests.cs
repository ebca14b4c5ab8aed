using Microsoft.Playwright;

namespace Gantry.EndToEnd.Tests.Browser;

/// <summary>
/// What a newcomer does first: signs in to the clinic's web app, sends a participant to the modality, and watches. Everything is
/// real: the cloud on PostgreSQL, the relay in both directions, worklist, MPPS, images, thumbnails, the viewer.
/// </summary>
[Collection(SharedClinic.Name)]
public sealed class StoryTests(ClinicSystem clinic)
{
    [Fact]
    public async Task A_participant_is_sent_to_the_modality_and_the_exam_is_watched_to_its_end_and_read()
    {
        var ohif = await OhifPage.StartAsync(clinic.Chromium, $"http://localhost:{clinic.System.Ports.Viewer}");
        var page = ohif.Page;

        await page.GotoAsync($"{clinic.Address}/clinics");
        await page.GetByLabel("Email address").FillAsync(ClinicSystem.ClinicUser);
        await page.GetByLabel("Password").FillAsync("gantry-demo-2026");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await page.Locator("main table a").First.ClickAsync();
        var row = page.Locator("tbody tr").Filter(new() { Has = page.GetByRole(AriaRole.Button) }).First;
        var id = await row.GetAttributeAsync("id");
        var appointment = page.Locator($"tr[id='{id}']");
        await RecordStatesAsync(page, id!);
        await appointment.GetByRole(AriaRole.Button).ClickAsync();
        await page.Locator($"tr[id='{id}'] [data-state=sent_to_modality], tr[id='{id}'] [data-state=in_progress]").WaitForAsync();
        await ReadingRoom.PhotographAsync(ohif, "clinic-day");
        await page.Locator($"tr[id='{id}'] [data-state=complete]").WaitForAsync();

        Assert.Equal(["sent_to_modality", "in_progress", "complete"], await page.EvaluateAsync<string[]>("() => window.states"));
        await appointment.GetByRole(AriaRole.Link).ClickAsync();
        await page.Locator(".app-thumbnail").Nth(3).WaitForAsync();
        Assert.Equal(4, await page.Locator(".app-thumbnail").CountAsync());
        await page.WaitForFunctionAsync("() => [...document.querySelectorAll('.app-thumbnail')].every(image => image.complete && image.naturalHeight === 188)");
        await ReadingRoom.PhotographAsync(ohif, "appointment");
        await page.GetByText("Open images in the viewer").ClickAsync();
        var shown = await ohif.ShownImageAsync();
        await ohif.ShowsAsync(await new Archive(clinic.System).RenderedAsync(shown.InstanceUid, shown.Frame - 1));
        Assert.True(ohif.Complaints.Count == 0, string.Join("\n", ohif.Complaints));
    }

    /// <summary>Writes down each state that the row shows, without a reload.</summary>
    private static async Task RecordStatesAsync(IPage page, string id) => await page.EvaluateAsync(
        """
        id => {
          const state = () => document.getElementById(id).querySelector('[data-state]').dataset.state;
          window.states = [];
          let last = state();
          new MutationObserver(() => { if (state() !== last) window.states.push(last = state()); })
              .observe(document.getElementById(id), { subtree: true, childList: true, attributes: true });
        }
        """, id);
}
