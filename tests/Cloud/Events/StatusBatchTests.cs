using Gantry.Cloud.Appointments;
using Gantry.Cloud.Events;
using Gantry.Cloud.Tests.System;
using Gantry.Contracts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Gantry.Cloud.Tests.Events;

/// <summary>Status messages that come together are worked on in one transaction, and nobody can tell.</summary>
[Collection(nameof(SharedCloud))]
public sealed class StatusBatchTests(SharedCloud.Fixture shared)
{
    private static readonly string[] Statuses = ["IN PROGRESS", "COMPLETED", "DISCONTINUED"];

    private CloudSystem Cloud => shared.Cloud;

    [Fact]
    public async Task Two_hundred_exams_told_of_at_once_each_go_their_way_and_are_shown_once()
    {
        var exams = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Cloud.SomeoneAsync(state: AppointmentState.SentToModality)));

        await Task.WhenAll(exams.Select(async exam =>
        {
            var begun = await Cloud.TellAsync(Messages.Status(exam, "IN PROGRESS"));
            var done = await Cloud.TellAsync(Messages.Status(exam, "COMPLETED"));
            Assert.Equal(("updated", exam.Appointment.ToString(), "sent_to_modality", "in_progress"), (begun.Status, begun.AppointmentId, begun.OldState, begun.NewState));
            Assert.Equal(("updated", exam.Appointment.ToString(), "in_progress", "complete"), (done.Status, done.AppointmentId, done.OldState, done.NewState));
        }));

        foreach (var exam in exams)
        {
            Assert.Equal(AppointmentState.Complete, await Cloud.StateAsync(exam));
            Assert.Equal(["in_progress", "complete"], await ShownAsync(Cloud, exam));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Together_they_are_answered_and_shown_as_one_by_one(int seed)
    {
        var chance = new Random(seed);
        AppointmentState[] states = [AppointmentState.CheckedIn, AppointmentState.SentToModality, AppointmentState.SentToModality, AppointmentState.InProgress, AppointmentState.Complete];
        var alone = await Task.WhenAll(states.Select(state => WithNumberAsync(state)));
        var together = await Task.WhenAll(states.Select(state => WithNumberAsync(state)));
        // An exam that there is or not (its number is then -1), what happened to it, and which message this is: some come again
        var story = Enumerable.Range(0, 60).Select(_ => (Exam: chance.Next(-1, states.Length), Status: Statuses[chance.Next(3)], Message: chance.Next(45))).ToList();
        var events = Cloud.Services.GetRequiredService<StatusEvents>();

        var expected = new List<EventReply>();
        foreach (var message in Tell(story, alone, $"{Guid.NewGuid()}"))
            expected.Add(await events.TakeAloneAsync(message, CancellationToken.None));
        var replies = new List<EventReply?>();
        foreach (var some in Tell(story, together, $"{Guid.NewGuid()}").Chunk(25))
            replies.AddRange(await events.TakeTogetherAsync(some, CancellationToken.None));

        Assert.Equal(expected.Select(reply => (reply.Status, reply.OldState, reply.NewState, reply.Message, Which(alone, reply))),
            replies.Select(reply => (reply!.Status, reply.OldState, reply.NewState, reply.Message, Which(together, reply))));
        for (var exam = 0; exam < states.Length; exam++)
        {
            Assert.Equal(await Cloud.StateAsync(alone[exam]), await Cloud.StateAsync(together[exam]));
            Assert.Equal(await ShownAsync(Cloud, alone[exam]), await ShownAsync(Cloud, together[exam]));
        }

        static int Which(Someone[] exams, EventReply reply) => Array.FindIndex(exams, exam => exam.Appointment.ToString() == reply.AppointmentId);
    }

    [Fact]
    public async Task A_message_that_comes_fifty_times_at_once_counts_once_and_gets_one_reply()
    {
        var someone = await Cloud.SomeoneAsync(state: AppointmentState.SentToModality);
        var message = Messages.Status(someone, "IN PROGRESS");

        var replies = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Cloud.TellAsync(message)));

        Assert.Equal(("updated", "sent_to_modality", "in_progress"), (replies[0].Status, replies[0].OldState, replies[0].NewState));
        Assert.Single(replies.Distinct());
        Assert.Equal(1, await RecordedAsync(Cloud, message));
        Assert.Equal(["in_progress"], await ShownAsync(Cloud, someone));
    }

    [Fact]
    public async Task Two_instances_that_are_told_the_same_at_once_record_it_once_and_answer_the_same()
    {
        var database = await shared.Cluster.NewDatabaseAsync();
        await using var one = await CloudSystem.StartAsync(database);
        await using var other = await CloudSystem.StartAsync(database);
        var exams = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => one.SomeoneAsync(state: AppointmentState.SentToModality)));
        var nobody = exams[0] with { Accession = "NOBODYS" };
        GatewayEvent[] messages = [.. exams.Select(exam => Messages.Status(exam, "COMPLETED")), .. Enumerable.Range(0, 40).Select(_ => Messages.Status(nobody, "IN PROGRESS"))];

        // The second one hears of them in the other direction
        var there = Task.WhenAll(Enumerable.Reverse(messages).Select(other.TellAsync));
        var here = await Task.WhenAll(messages.Select(one.TellAsync));

        Assert.Equal(here, Enumerable.Reverse(await there));
        Assert.All(here, reply => Assert.True(reply.CountsAsDelivered, reply.Message));
        foreach (var message in messages)
            Assert.Equal(1, await RecordedAsync(one, message));
        foreach (var exam in exams)
            Assert.Equal(["complete"], await ShownAsync(one, exam));
    }

    [Fact]
    public async Task A_message_that_the_database_refuses_fails_alone()
    {
        var database = await shared.Cluster.NewDatabaseAsync();
        await using var cloud = await CloudSystem.StartAsync(database);
        await using var source = NpgsqlDataSource.Create(database);
        await using var spoil = source.CreateCommand("ALTER TABLE status_events ADD CHECK (mpps_instance_uid IS DISTINCT FROM '6.6.6')");
        await spoil.ExecuteNonQueryAsync();
        var exams = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => cloud.SomeoneAsync(state: AppointmentState.SentToModality)));
        var messages = exams.Select(exam => (GatewayEvent.StatusUpdated)Messages.Status(exam, "IN PROGRESS")).ToArray();
        messages[7] = messages[7] with { Data = messages[7].Data with { MppsInstanceUid = "6.6.6" } };

        var telling = messages.Select(cloud.TellAsync).ToArray();

        await Assert.ThrowsAsync<PostgresException>(() => telling[7]);
        Assert.Equal(AppointmentState.SentToModality, await cloud.StateAsync(exams[7]));
        foreach (var (at, exam) in exams.Index().Where(one => one.Index != 7))
        {
            Assert.Equal("updated", (await telling[at]).Status);
            Assert.Equal(["in_progress"], await ShownAsync(cloud, exam));
        }
    }

    [Fact]
    public async Task Messages_of_an_appointment_that_somebody_holds_wait_and_the_others_do_not()
    {
        var held = await Cloud.SomeoneAsync(state: AppointmentState.SentToModality);
        var others = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Cloud.SomeoneAsync(state: AppointmentState.SentToModality)));
        var source = Cloud.Services.GetRequiredService<NpgsqlDataSource>();
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await StatusEvents.LockAsync(connection, held.Appointment, CancellationToken.None);

        var waiting = Enumerable.Range(0, 4).Select(_ => Cloud.TellAsync(Messages.Status(held, "IN PROGRESS"))).ToList();
        foreach (var other in others)
            Assert.Equal("updated", (await Cloud.TellAsync(Messages.Status(other, "IN PROGRESS"))).Status);
        Assert.All(waiting, reply => Assert.False(reply.IsCompleted));
        await transaction.CommitAsync();

        Assert.All(await Task.WhenAll(waiting), reply => Assert.Equal("in_progress", reply.NewState));
        Assert.Equal(["in_progress"], await ShownAsync(Cloud, held));
    }

    [Fact]
    public async Task A_sender_that_leaves_takes_nobody_along_and_is_answered_when_it_comes_again()
    {
        var held = await Cloud.SomeoneAsync(state: AppointmentState.SentToModality);
        var other = await Cloud.SomeoneAsync(state: AppointmentState.SentToModality);
        var message = (GatewayEvent.StatusUpdated)Messages.Status(held, "COMPLETED");
        var queue = Cloud.Services.GetRequiredService<StatusQueue>();
        var source = Cloud.Services.GetRequiredService<NpgsqlDataSource>();
        using var leaves = new CancellationTokenSource();
        await using (var connection = await source.OpenConnectionAsync())
        {
            await using var transaction = await connection.BeginTransactionAsync();
            await StatusEvents.LockAsync(connection, held.Appointment, CancellationToken.None);
            var waiting = queue.TakeAsync(message, leaves.Token);
            var neighbour = Cloud.TellAsync(Messages.Status(other, "COMPLETED"));
            await leaves.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
            Assert.Equal("complete", (await neighbour).NewState);
        }

        var reply = await queue.TakeAsync(message, CancellationToken.None);

        Assert.Equal(("updated", "sent_to_modality", "complete"), (reply.Status, reply.OldState, reply.NewState));
        Assert.Equal(["complete"], await ShownAsync(Cloud, held));
    }

    private async Task<Someone> WithNumberAsync(AppointmentState state)
    {
        var someone = await Cloud.SomeoneAsync(state: state);
        if (someone.Accession.Length > 0)
            return someone;
        var number = Guid.NewGuid().ToString("N")[..16];
        await Cloud.DatabaseAsync(database => database.Appointments.Where(each => each.Id == someone.Appointment)
            .ExecuteUpdateAsync(change => change.SetProperty(each => each.AccessionNumber, number)));
        return someone with { Accession = number };
    }

    /// <summary>The same story of other exams; a message that comes again is the first of its number.</summary>
    private static IEnumerable<GatewayEvent.StatusUpdated> Tell(List<(int Exam, string Status, int Message)> story, Someone[] exams, string ids) =>
        story.Select(one => story.Find(first => first.Message == one.Message)).Select(one => (GatewayEvent.StatusUpdated)Messages.Status(
            one.Exam < 0 ? exams[0] with { Accession = "NOBODYS" } : exams[one.Exam], one.Status, $"{ids}-{one.Message}"));

    private static Task<int> RecordedAsync(CloudSystem cloud, GatewayEvent message) =>
        cloud.DatabaseAsync(database => database.StatusEvents.CountAsync(each => each.MessageId == message.MessageId));

    /// <summary>The states that open pages were told, in order.</summary>
    private static async Task<IReadOnlyList<string>> ShownAsync(CloudSystem cloud, Someone exam)
    {
        await using var query = cloud.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(
            "SELECT payload::json->>'state' FROM live_events WHERE appointment_id = $1 ORDER BY id");
        query.Parameters.Add(new() { Value = exam.Appointment });
        await using var reader = await query.ExecuteReaderAsync();
        var states = new List<string>();
        while (await reader.ReadAsync())
            states.Add(reader.GetString(0));
        return states;
    }
}
