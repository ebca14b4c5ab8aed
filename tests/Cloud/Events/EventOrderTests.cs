using Gantry.Cloud.Accounts;
using Gantry.Cloud.Appointments;
using Gantry.Cloud.Tests.System;
using Gantry.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Gantry.Cloud.Tests.Events;

/// <summary>Messages come in any order, more than once, and at the same time.</summary>
[Collection(nameof(SharedCloud))]
public sealed class EventOrderTests(SharedCloud.Fixture shared)
{
    private CloudSystem Cloud => shared.Cloud;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task Any_order_and_repetition_ends_in_the_true_state_with_each_image_once(int seed)
    {
        var chance = new Random(seed);
        var exams = new List<(Someone Someone, AppointmentState End, string[] Images)>();
        var messages = new List<GatewayEvent>();
        for (var at = 0; at < 5; at++)
        {
            var someone = await Cloud.SomeoneAsync(state: AppointmentState.SentToModality);
            var given = chance.Next(2) == 0;
            var study = Messages.Uid();
            string[] images = [.. Enumerable.Range(0, 4).Select(_ => Messages.Uid())];
            exams.Add((someone, given ? AppointmentState.Cancelled : AppointmentState.Complete, images));
            GatewayEvent[] own =
            [
                Messages.Status(someone, "IN PROGRESS"), Messages.Status(someone, given ? "DISCONTINUED" : "COMPLETED"),
                .. images.Select((sop, number) => Messages.Image(someone.Accession, someone.NhsNumber, study, sop, number % 2 == 0 ? "R" : "L", series: $"{number}")),
            ];
            // Every message once, and some of them up to three times more
            messages.AddRange(own.SelectMany(message => Enumerable.Repeat(message, 1 + chance.Next(4))));
        }
        var shuffled = messages.ToArray();
        chance.Shuffle(shuffled);

        await Parallel.ForEachAsync(shuffled, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (message, _) =>
        {
            var reply = await Cloud.TellAsync(message);
            Assert.True(reply.CountsAsDelivered, $"seed {seed}: {reply.Status} {reply.Message}");
        });

        foreach (var (someone, end, images) in exams)
        {
            Assert.Equal(end, await Cloud.StateAsync(someone));
            var kept = await Cloud.DatabaseAsync(database => database.Images.Where(image => image.Series!.Study!.AppointmentId == someone.Appointment)
                .Select(image => image.SopInstanceUid).ToListAsync());
            Assert.Equal(images.Order(StringComparer.Ordinal), kept.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task The_same_message_gets_the_same_reply_however_often_it_comes()
    {
        var someone = await Cloud.SomeoneAsync(state: AppointmentState.SentToModality);
        var begun = Messages.Status(someone, "IN PROGRESS");

        var first = await Cloud.TellAsync(begun);
        await Cloud.TellAsync(Messages.Status(someone, "COMPLETED"));
        var again = await Cloud.TellAsync(begun);

        Assert.Equal(first, again);
        Assert.Equal(("sent_to_modality", "in_progress"), (again.OldState, again.NewState));
        Assert.Equal(AppointmentState.Complete, await Cloud.StateAsync(someone));
    }

    [Fact]
    public async Task An_end_that_contradicts_another_end_is_recorded_for_the_admin_and_changes_nothing()
    {
        var someone = await Cloud.SomeoneAsync(state: AppointmentState.InProgress);
        await Cloud.TellAsync(Messages.Status(someone, "DISCONTINUED"));

        var reply = await Cloud.TellAsync(Messages.Status(someone, "COMPLETED"));

        Assert.True(reply.CountsAsDelivered);
        Assert.Contains("against the rules", reply.Message, StringComparison.Ordinal);
        Assert.Equal(AppointmentState.Cancelled, await Cloud.StateAsync(someone));
        using var admin = await Cloud.SignedInAsync(FirstUsers.DemoAdminEmail);
        Assert.Contains(someone.Accession, await admin.PageAsync("/admin"), StringComparison.Ordinal);
    }
}
