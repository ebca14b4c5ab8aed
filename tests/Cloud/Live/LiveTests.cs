using System.Net;
using Gantry.Cloud.Appointments;
using Gantry.Cloud.Live;
using Gantry.Cloud.Tests.System;
using Gantry.Worklist.Tests.Engines;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Gantry.Cloud.Tests.Live;

/// <summary>What open pages are told, by the streams of contracts.md section 6.</summary>
[Collection(nameof(SharedCloud))]
public sealed class LiveTests(SharedCloud.Fixture shared)
{
    private CloudSystem Cloud => shared.Cloud;

    [Fact]
    public async Task A_clinic_sees_its_appointments_change()
    {
        var someone = await Cloud.SomeoneAsync(state: AppointmentState.SentToModality);
        using var browser = await Cloud.SignedInAsync();
        using var stream = await browser.StreamAsync($"/api/clinic/{someone.Clinic}/statuses/stream");
        await stream.NextAsync("connected");

        await Cloud.TellAsync(Messages.Status(someone, "IN PROGRESS"));

        var changed = await stream.NextAsync("status_change");
        Assert.Equal((someone.Appointment.ToString(), "in_progress"), (changed.GetProperty("appointment_id").GetString(), changed.GetProperty("state").GetString()));
        Assert.Contains("nhsuk-tag--yellow", changed.GetProperty("html").GetString(), StringComparison.Ordinal);
        Assert.Equal("text/event-stream", stream.Answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("no-cache", stream.Answer.Headers.CacheControl!.ToString());
        Assert.Equal("no", stream.Answer.Headers.GetValues("X-Accel-Buffering").Single());
    }

    [Fact]
    public async Task An_appointment_has_a_stream_for_its_images_and_one_for_its_status()
    {
        var someone = await Cloud.SomeoneAsync(state: AppointmentState.SentToModality);
        using var browser = await Cloud.SignedInAsync();
        using var images = await browser.StreamAsync($"/api{someone.Page}/images/stream");
        using var status = await browser.StreamAsync($"/api{someone.Page}/status/stream");
        await images.NextAsync("connected");
        await status.NextAsync("connected");
        var sop = Messages.Uid();

        await Cloud.TellAsync(Messages.Image(someone.Accession, someone.NhsNumber, Messages.Uid(), sop, "L", "MLO"));
        await Cloud.TellAsync(Messages.Status(someone, "COMPLETED"));

        var image = await images.NextAsync("new_image");
        Assert.Equal((sop, "L", "MLO"), (image.GetProperty("sop_instance_uid").GetString(), image.GetProperty("laterality").GetString(), image.GetProperty("view_position").GetString()));
        Assert.Equal("complete", (await status.NextAsync("status_change")).GetProperty("state").GetString());
    }

    [Fact]
    public async Task A_browser_that_comes_back_gets_what_it_missed_and_nothing_twice_while_many_things_happen()
    {
        const int People = 24;
        var first = await Cloud.SomeoneAsync(state: AppointmentState.SentToModality);
        using var browser = await Cloud.SignedInAsync();
        var path = $"/api{first.Page}/images/stream";
        var study = Messages.Uid();
        string[] sops = [.. Enumerable.Range(0, People).Select(_ => Messages.Uid())];
        long? last = null;
        using (var stream = await browser.StreamAsync(path))
        {
            await stream.NextAsync("connected");
            last = stream.LastId;
        }

        // Commits overtake each other, and the stream is lost after every third event
        var telling = Parallel.ForEachAsync(sops, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (sop, _) =>
            await Cloud.TellAsync(Messages.Image(first.Accession, first.NhsNumber, sop == sops[0] ? study : Messages.Uid(), sop)));
        var seen = new List<string>();
        var positions = new List<long>();
        while (seen.Count < People)
        {
            using var stream = await browser.StreamAsync(path, last);
            for (var read = 0; read < 3 && seen.Count < People;)
            {
                var happened = await stream.NextAsync();
                last = stream.LastId;
                if (happened.GetProperty("type").GetString() != "new_image")
                    continue;
                read++;
                seen.Add(happened.GetProperty("sop_instance_uid").GetString()!);
                positions.Add(stream.LastId);
            }
        }
        await telling;

        Assert.Equal(sops.Order(StringComparer.Ordinal), seen.Order(StringComparer.Ordinal));
        Assert.Equal(positions.Order(), positions);
    }

    [Fact]
    public async Task What_one_instance_takes_is_seen_at_the_other()
    {
        var database = await shared.Cluster.NewDatabaseAsync();
        await using var one = await CloudSystem.StartAsync(database);
        await using var two = await CloudSystem.StartAsync(database, true, $"--AZURE_RELAY_NAMESPACE={one.Address}");
        var someone = await one.SomeoneAsync(state: AppointmentState.SentToModality);
        // Signed in at one, and known at the other: they share their keys
        using var browser = await two.SignedInAsync();
        using var stream = await browser.StreamAsync($"/api/clinic/{someone.Clinic}/statuses/stream");
        await stream.NextAsync("connected");

        await one.TellAsync(Messages.Status(someone, "COMPLETED"));

        Assert.Equal("complete", (await stream.NextAsync("status_change")).GetProperty("state").GetString());
    }

    [Fact]
    public async Task While_the_database_is_away_streams_and_pages_say_so_and_what_happened_is_caught_up_with()
    {
        await using var server = await PrivatePostgres.StartAsync();
        await using var cloud = await CloudSystem.StartAsync(server.ConnectionString);
        var someone = await cloud.SomeoneAsync(state: AppointmentState.SentToModality);
        using var browser = await cloud.SignedInAsync();
        // The cookie is looked at in the database every time, not once a minute
        cloud.Services.GetRequiredService<IOptions<SecurityStampValidatorOptions>>().Value.ValidationInterval = TimeSpan.Zero;
        var path = $"/api/clinic/{someone.Clinic}/statuses/stream";
        long last;
        using (var before = await browser.StreamAsync(path))
        {
            await before.NextAsync("connected");
            last = before.LastId;
        }

        await server.StopAsync();
        // A stream, since a browser does not come back by itself after any other answer
        using (var meanwhile = await browser.StreamAsync(path, last))
        {
            Assert.Contains("database", (await meanwhile.NextAsync("error")).GetProperty("message").GetString(), StringComparison.Ordinal);
            await Assert.ThrowsAsync<EndOfStreamException>(() => meanwhile.NextAsync());
        }
        using (var page = await browser.GetAsync($"/clinic/{someone.Clinic}"))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, page.StatusCode);
            Assert.Contains("away for the moment", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
        Assert.DoesNotContain(cloud.Log.Lines, line => line.Contains("   at ", StringComparison.Ordinal));

        await server.OpenAsync();
        await CloudSystem.EventuallyAsync(async () =>
        {
            try
            {
                return (await cloud.TellAsync(Messages.Status(someone, "IN PROGRESS"))).Status == "updated";
            }
            catch (NpgsqlException)
            {
                return false;
            }
        });
        using var after = await browser.StreamAsync(path, last);
        Assert.Equal("in_progress", (await after.NextAsync("status_change")).GetProperty("state").GetString());
        await after.NextAsync("connected");
    }

    [Fact]
    public async Task A_thousand_open_streams_of_one_instance_each_hear_everything_once_and_in_order()
    {
        var exams = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Cloud.SomeoneAsync(state: AppointmentState.SentToModality)));
        using var browser = await Cloud.SignedInAsync();
        var hub = Cloud.Services.GetRequiredService<LiveHub>();
        var streams = new List<EventStream>();
        try
        {
            foreach (var some in Enumerable.Range(0, 1000).Chunk(50))
                streams.AddRange(await Task.WhenAll(some.Select(number => browser.StreamAsync($"/api/clinic/{exams[number % 5].Clinic}/statuses/stream"))));
            foreach (var stream in streams)
                await stream.NextAsync("connected");
            Assert.True(hub.Open >= 1000);
            var dropped = hub.Dropped;

            await Task.WhenAll(exams.Select(async exam =>
            {
                await Cloud.TellAsync(Messages.Status(exam, "IN PROGRESS"));
                await Cloud.TellAsync(Messages.Status(exam, "COMPLETED"));
            }));

            foreach (var (number, stream) in streams.Index())
            {
                var (begun, done) = (await stream.NextAsync("status_change"), await stream.NextAsync("status_change"));
                Assert.All([begun, done], happened => Assert.Equal(exams[number % 5].Appointment, happened.GetProperty("appointment_id").GetGuid()));
                Assert.Equal(("in_progress", "complete"), (begun.GetProperty("state").GetString(), done.GetProperty("state").GetString()));
            }
            Assert.Equal(dropped, hub.Dropped);
        }
        finally
        {
            streams.ForEach(stream => stream.Dispose());
        }
    }

    [Fact]
    public void A_stream_that_does_not_keep_up_is_ended_and_the_others_go_on()
    {
        var hub = new LiveHub();
        var clinic = Guid.NewGuid();
        using var slow = hub.Subscribe(clinic);
        using var quick = hub.Subscribe(clinic);
        var read = 0;
        for (var position = 1; position <= 10_000; position++)
        {
            hub.Publish(new(position, clinic, Guid.Empty, LiveEvent.StatusChange, "{}"));
            if (quick.Events.Reader.TryRead(out _))
                read++;
        }

        Assert.Equal(10_000, read);
        Assert.Equal(1, hub.Dropped);
        while (slow.Events.Reader.TryRead(out _))
        {
            // What it was given before
        }
        Assert.True(slow.Events.Reader.Completion.IsCompleted);
        Assert.Equal(2, hub.Open);
    }

    [Fact]
    public async Task A_stream_that_says_nothing_says_that_it_is_alive()
    {
        var someone = await Cloud.SomeoneAsync();
        using var browser = await Cloud.SignedInAsync();
        using var stream = await browser.StreamAsync($"/api/clinic/{someone.Clinic}/statuses/stream");
        await stream.NextAsync("connected");

        // What the clock does every 15 seconds
        Cloud.Services.GetRequiredService<LiveHub>().Beat();

        Assert.Equal(": heartbeat", await stream.CommentAsync());
    }
}
