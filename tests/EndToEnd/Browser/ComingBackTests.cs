using Gantry.EndToEnd.Tests.OldClients;
using Microsoft.Playwright;

namespace Gantry.EndToEnd.Tests.Browser;

/// <summary>Pages that are open while the cloud, or what it needs, is away for a moment: nobody has to load them again.</summary>
[Collection(SharedClinic.Name)]
public sealed class ComingBackTests(ClinicSystem clinic)
{
    [Fact]
    public async Task An_open_page_lives_through_a_server_that_answers_with_errors_for_a_while()
    {
        var visitor = await clinic.AppointmentAsync("sent_to_modality", "Patient", "Watcher");
        var day = await clinic.SignedInAsync();
        var exam = await day.Context.NewPageAsync();
        var refused = 0;

        // First no stream is to be had, then nothing at all, as from a cloud whose database is not there yet
        await day.Context.RouteAsync("**/stream?*", RefuseAsync);
        await day.GotoAsync(clinic.Address + visitor.Day);
        await exam.GotoAsync(clinic.Address + visitor.Page);
        await day.Context.RouteAsync("**/clinic/**", RefuseAsync);
        await Patience.UntilAsync(() => Task.FromResult((Volatile.Read(ref refused) >= 4, $"{refused} were refused")));
        await Assertions.Expect(day.Locator("tbody tr")).ToHaveCountAsync(1);
        await Assertions.Expect(exam.Locator("#exam")).ToHaveCountAsync(1);
        await clinic.Events.SendAsync(OldMessages.Status(null, visitor.Accession, "IN PROGRESS").ToJsonString());
        await clinic.Events.SendAsync(OldMessages.Image(visitor.Accession, visitor.NhsNumber, Dicom.DicomUid.New()).ToJsonString());
        await day.Context.UnrouteAllAsync();

        await Assertions.Expect(day.Locator("[data-state=in_progress]")).ToHaveCountAsync(1, new() { Timeout = 30_000 });
        await Assertions.Expect(exam.Locator(".app-thumbnail")).ToHaveCountAsync(1, new() { Timeout = 30_000 });

        Task RefuseAsync(IRoute route)
        {
            Interlocked.Increment(ref refused);
            return route.FulfillAsync(new() { Status = 503, ContentType = "text/html", Body = "<h1>Not available</h1>" });
        }
    }
}
