using System.Net;
using System.Text;
using Gantry.Cloud.Accounts;
using Gantry.Cloud.Appointments;
using Gantry.Cloud.Events;
using Gantry.Cloud.Tests.System;
using Gantry.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Gantry.Cloud.Tests.Events;

/// <summary>Studies that fit nobody, or the wrong person, and messages that nobody can use.</summary>
[Collection(nameof(SharedCloud))]
public sealed class StrangeStudyTests(SharedCloud.Fixture shared)
{
    private CloudSystem Cloud => shared.Cloud;

    [Theory]
    [InlineData("9990009999", "another NHS number")]
    [InlineData("", "no NHS number")]
    public async Task A_study_of_another_person_is_flagged_and_never_attached(string nhsNumber, string reason)
    {
        var someone = await Cloud.SomeoneAsync(state: AppointmentState.InProgress);
        var study = Messages.Uid();

        var reply = await Cloud.TellAsync(Messages.Image(someone.Accession, nhsNumber, study, Messages.Uid()));

        Assert.Equal("created", reply.Status);
        var kept = await Cloud.DatabaseAsync(database => database.Studies.AsNoTracking().FirstAsync(each => each.StudyInstanceUid == study));
        Assert.Null(kept.AppointmentId);
        Assert.Equal(someone.Appointment, kept.SuspectedAppointmentId);
        Assert.Contains(reason, kept.Flag, StringComparison.Ordinal);
        using var clinic = await Cloud.SignedInAsync();
        Assert.DoesNotContain("app-thumbnail", await clinic.PageAsync(someone.Page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_image_of_another_person_within_a_study_is_set_aside()
    {
        var someone = await Cloud.SomeoneAsync(state: AppointmentState.InProgress);
        var study = Messages.Uid();
        var stranger = Messages.Uid();
        await Cloud.TellAsync(Messages.Image(someone.Accession, someone.NhsNumber, study, Messages.Uid()));

        await Cloud.TellAsync(Messages.Image(someone.Accession, "9990009999", study, stranger));

        using var admin = await Cloud.SignedInAsync(FirstUsers.DemoAdminEmail);
        Assert.Contains(stranger, await admin.PageAsync("/admin/studies"), StringComparison.Ordinal);
        Assert.DoesNotContain(stranger, await admin.PageAsync($"/api{someone.Page}/images"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unscheduled_exam_waits_for_the_admin_who_matches_it_with_all_that_was_told_of_it()
    {
        var someone = await Cloud.SomeoneAsync();
        var study = Messages.Uid();
        foreach (var status in new[] { "IN PROGRESS", "COMPLETED" })
        {
            var reply = await Cloud.TellAsync(new GatewayEvent.StatusUpdated(new() { Status = status, StudyInstanceUid = study }) { MessageId = Guid.NewGuid().ToString() });
            Assert.Equal("appointment_not_found", reply.Status);
        }
        await Cloud.TellAsync(Messages.Image("", someone.NhsNumber, study, Messages.Uid(), name: "<script>alert(1)</script>^X"));
        using var admin = await Cloud.SignedInAsync(FirstUsers.DemoAdminEmail);
        var page = await admin.PageAsync("/admin/studies");
        Assert.Contains(study, page, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
        var id = await Cloud.DatabaseAsync(database => database.Studies.Where(each => each.StudyInstanceUid == study).Select(each => each.Id).FirstAsync());

        using var answer = await admin.SubmitAsync("/admin/studies", "/admin/studies?handler=Match", new() { ["study"] = $"{id}", ["appointment"] = $"{someone.Appointment}" });

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(AppointmentState.Complete, await Cloud.StateAsync(someone));
        Assert.Contains("app-thumbnail", await admin.PageAsync(someone.Page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_thumbnail_that_is_no_picture_does_not_lose_its_image()
    {
        var someone = await Cloud.SomeoneAsync(state: AppointmentState.InProgress);
        var good = Messages.Image(someone.Accession, someone.NhsNumber, Messages.Uid(), Messages.Uid());
        var bad = good with { Image = good.Image with { Image = good.Image.Image with { Thumbnail = ImageThumbnail.FromJpeg("<svg onload=alert(1)>"u8, 1, 1) } } };

        var reply = await Cloud.TellAsync(bad);

        Assert.Equal("created", reply.Status);
        using var admin = await Cloud.SignedInAsync(FirstUsers.DemoAdminEmail);
        Assert.Contains("No preview", await admin.PageAsync(someone.Page), StringComparison.Ordinal);
        Assert.Contains("is no JPEG", await admin.PageAsync("/admin/messages"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("parameters.study.study_description", "is longer than 1024 characters")]
    [InlineData("parameters.participant.patient_name", "cannot be kept")]
    public async Task What_the_database_cannot_hold_is_refused_by_name_and_kept_for_the_admin(string field, string problem)
    {
        var message = Messages.Image("A", "9990009999", Messages.Uid(), Messages.Uid());
        message = field.EndsWith("name", StringComparison.Ordinal)
            ? message with { Image = message.Image with { Participant = new() { PatientName = "A\0B" } } }
            : message with { Image = message.Image with { Study = message.Image.Study with { StudyDescription = new string('x', 2000) } } };

        var reply = await Cloud.TellAsync(message);

        Assert.Equal(("error", message.MessageId), (reply.Status, reply.MessageId));
        Assert.Contains(field, reply.Message, StringComparison.Ordinal);
        Assert.Contains(problem, reply.Message, StringComparison.Ordinal);
        using var admin = await Cloud.SignedInAsync(FirstUsers.DemoAdminEmail);
        Assert.Contains(message.MessageId!, await admin.PageAsync("/admin/messages"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_inbox_of_refused_messages_keeps_the_newest_thousand()
    {
        var inbox = (RefusedMessages)Cloud.Services.GetService(typeof(RefusedMessages))!;
        for (var at = 0; at < RefusedMessages.Most + 5; at++)
            await inbox.KeepAsync(Encoding.UTF8.GetBytes($"{at}"), null, "a test", CancellationToken.None);

        Assert.InRange(await Cloud.DatabaseAsync(database => database.RefusedMessages.CountAsync()), 900, RefusedMessages.Most);
    }

    [Fact]
    public void No_bytes_confuse_the_look_at_a_picture()
    {
        Assert.Equal((141, 188), JpegCheck.Size(Messages.Jpeg));
        var chance = new Random(7);
        for (var attempt = 0; attempt < 20_000; attempt++)
        {
            var file = Messages.Jpeg.ToArray();
            for (var spoiled = 0; spoiled <= attempt % 4; spoiled++)
                file[chance.Next(file.Length)] = (byte)chance.Next(256);
            if (JpegCheck.Size(file.AsSpan(0, chance.Next(file.Length + 1))) is { } size)
                Assert.True(size is { Width: > 0 and <= 2048, Height: > 0 and <= 2048 });
        }
    }
}
