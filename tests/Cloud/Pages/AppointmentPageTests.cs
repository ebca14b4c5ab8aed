using System.Text.RegularExpressions;
using Gantry.Cloud.Appointments;
using Gantry.Cloud.Tests.System;

namespace Gantry.Cloud.Tests.Pages;

/// <summary>What a person reads on the pages of an appointment and a clinic.</summary>
[Collection(nameof(SharedCloud))]
public sealed partial class AppointmentPageTests(SharedCloud.Fixture shared)
{
    private CloudSystem Cloud => shared.Cloud;

    [Fact]
    public async Task Images_stand_by_breast_with_the_right_one_first_and_by_series_with_their_number()
    {
        var someone = await Cloud.SomeoneAsync(state: AppointmentState.InProgress);
        var study = Messages.Uid();
        foreach (var (side, view, series) in new[] { ("L", "CC", "3"), ("R", "CC", "1"), ("R", "MLO", "2"), ("L", "MLO", "4"), ("R", "CC", "1") })
            await Cloud.TellAsync(Messages.Image(someone.Accession, someone.NhsNumber, study, Messages.Uid(), side, view, series));
        using var browser = await Cloud.SignedInAsync();

        var page = Words(await browser.PageAsync(someone.Page));

        Assert.Matches("Right breast.*2× CC.*1× MLO.*Left breast.*1× CC.*1× MLO.*Open images in the viewer.*Dose", page);
        Assert.Matches("R CC 1.34 mGy 4.2 mGy 29 kV TUNGSTEN / RHODIUM", page);
        Assert.Contains($"http://localhost:3000/viewer?StudyInstanceUIDs={study}", await browser.PageAsync(someone.Page), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("checked_in", "Information: Checked in Appointment")]
    [InlineData("sent_to_modality", "Information: Sent to modality - Awaiting images")]
    [InlineData("in_progress", "Information: In progress - Awaiting images")]
    [InlineData("complete", "Ada Byron Complete Appointment")]
    [InlineData("cancelled", "Information: Cancelled Appointment")]
    public async Task Without_images_the_state_stands_in_a_box_unless_the_exam_is_complete(string state, string text)
    {
        var someone = await Cloud.SomeoneAsync(state: AppointmentStates.Parse(state));
        using var browser = await Cloud.SignedInAsync();

        Assert.Contains(text, Words(await browser.PageAsync(someone.Page)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_clinic_shows_time_participant_birthday_status_and_a_button_where_one_may_send()
    {
        var waiting = await Cloud.SomeoneAsync("Zoë", "<b>Bold</b>");
        var over = await Cloud.SomeoneAsync(state: AppointmentState.Complete);
        using var browser = await Cloud.SignedInAsync();

        var page = await browser.PageAsync($"/clinic/{waiting.Clinic}");
        Assert.DoesNotContain("<b>Bold", page, StringComparison.Ordinal);
        Assert.Matches("10:30 Zo.* 3 Feb 1960 .*Checked in Send to modality", Words(page));
        Assert.DoesNotContain("Send to modality", Words(await browser.PageAsync($"/clinic/{over.Clinic}")), StringComparison.Ordinal);
        Assert.Contains("Mobile unit A", await browser.PageAsync("/clinics"), StringComparison.Ordinal);
    }

    /// <summary>The words of the page in the order in which they stand.</summary>
    private static string Words(string html) => Spaces().Replace(Tags().Replace(html[html.IndexOf("<main", StringComparison.Ordinal)..], " "), " ");

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
