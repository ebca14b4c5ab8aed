using System.Collections.Concurrent;
using System.Net;
using Gantry.Cloud.Accounts;
using Gantry.Cloud.Appointments;
using Gantry.Cloud.Gateways;
using Gantry.Cloud.Tests.System;
using Gantry.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Gantry.Cloud.Tests.Gateways;

/// <summary>From the click to the gateway's answer.</summary>
[Collection(nameof(SharedCloud))]
public sealed class SendToModalityTests(SharedCloud.Fixture shared)
{
    private CloudSystem Cloud => shared.Cloud;

    [Fact]
    public async Task A_plain_form_puts_the_participant_on_the_worklist_once()
    {
        var someone = await Cloud.SomeoneAsync("Siobhan", "O'Brien");
        var received = new ConcurrentQueue<GatewayAction>();
        await using var gateway = await Cloud.GatewayAsync(someone.GatewayPath, action => { received.Enqueue(action); return ActionReply.Created(action.ActionId); });
        using var browser = await Cloud.SignedInAsync();

        for (var click = 0; click < 2; click++)
        {
            using var answer = await Click(browser, someone);
            Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        }

        var action = await ActionAsync(someone, ActionState.Confirmed);
        var message = Assert.IsType<GatewayAction.CreateItem>(Assert.Single(received));
        Assert.Equal((action.Id.ToString(), someone.Appointment.ToString(), someone.NhsNumber),
            (message.ActionId, message.SourceReference!.AppointmentId, message.SourceReference.ParticipantId));
        Assert.Equal(("O'BRIEN^SIOBHAN", "19600203", "F"), (message.Item.Participant.Name, message.Item.Participant.BirthDate, message.Item.Participant.Sex));
        Assert.Equal(("20260105", "103000", "MG"), (message.Item.Scheduled.Date, message.Item.Scheduled.Time, message.Item.Procedure.Modality));
        Assert.InRange(message.Item.AccessionNumber.Length, 1, 16);
        Assert.InRange(message.Item.RequestedProcedureId!.Length, 1, 16);
        Assert.Equal(AppointmentState.SentToModality, await Cloud.StateAsync(someone));
    }

    [Fact]
    public async Task With_a_script_the_answer_is_JSON()
    {
        var someone = await Cloud.SomeoneAsync();
        using var browser = await Cloud.SignedInAsync();

        using var answer = await Click(browser, someone, "application/json");

        Assert.Equal("{\"sent\":true,\"message\":\"Sent to modality\"}", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Without_a_gateway_or_after_the_exam_a_sentence_says_why_nothing_is_sent()
    {
        using var browser = await Cloud.SignedInAsync();
        foreach (var (someone, sentence) in new[]
        {
            (await Cloud.SomeoneAsync(withGateway: false), "has no gateway"),
            (await Cloud.SomeoneAsync(state: AppointmentState.Cancelled), "cannot be sent again"),
        })
        {
            using var answer = await browser.SubmitAsync("/sign-out", $"/clinic/{someone.Clinic}?handler=Send", new() { ["appointmentId"] = $"{someone.Appointment}" });
            Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
            Assert.Contains(sentence, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_gateway_that_is_away_gets_the_action_when_it_comes_back()
    {
        var someone = await Cloud.SomeoneAsync();
        using var browser = await Cloud.SignedInAsync();
        using (await Click(browser, someone))
        {
            var waiting = await ActionAsync(someone, ActionState.Retrying);
            Assert.Equal("Rendezvous", waiting.FailurePhase);
        }
        Assert.Contains("Not on the worklist yet", await browser.PageAsync(someone.Page), StringComparison.Ordinal);

        await using var gateway = await Cloud.GatewayAsync(someone.GatewayPath, action => ActionReply.Created(action.ActionId));

        await ActionAsync(someone, ActionState.Confirmed);
        Assert.DoesNotContain("Not on the worklist yet", await browser.PageAsync(someone.Page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_action_that_the_gateway_refuses_waits_for_the_admin_who_sends_it_again()
    {
        var someone = await Cloud.SomeoneAsync();
        var ids = new ConcurrentQueue<string>();
        await using var gateway = await Cloud.GatewayAsync(someone.GatewayPath, action =>
        {
            ids.Enqueue(action.ActionId);
            return ids.Count == 1 ? ActionReply.Error(action.ActionId, "The worklist is read-only.") : ActionReply.Created(action.ActionId);
        });
        using var admin = await Cloud.SignedInAsync(FirstUsers.DemoAdminEmail);
        using (await Click(admin, someone))
        {
            var failed = await ActionAsync(someone, ActionState.Failed);
            Assert.Equal(("gateway", "The worklist is read-only."), (failed.FailurePhase, failed.FailureReason));
            Assert.Contains("The worklist is read-only.", await admin.PageAsync("/admin"), StringComparison.Ordinal);

            using var resent = await admin.SubmitAsync("/admin", "/admin?handler=Resend", new() { ["action"] = $"{failed.Id}" });
        }

        await ActionAsync(someone, ActionState.Confirmed);
        Assert.Single(ids.Distinct());
    }

    [Fact]
    public async Task An_exam_that_begins_confirms_the_action_whose_answer_was_lost()
    {
        var someone = await Cloud.SomeoneAsync();
        using var browser = await Cloud.SignedInAsync();
        using (await Click(browser, someone))
        {
            var waiting = await ActionAsync(someone, ActionState.Retrying);
            var reply = await Cloud.TellAsync(Messages.Status(someone, "IN PROGRESS", actionId: $"{waiting.Id}"));
            Assert.Equal("updated", reply.Status);
        }

        Assert.Null((await ActionAsync(someone, ActionState.Confirmed)).DueAt);
    }

    /// <summary>The lease is short, so that a cloud that dies delays nothing, and is renewed, so that nobody else sends meanwhile.</summary>
    [Fact]
    public async Task An_attempt_that_takes_long_is_held_by_short_leases()
    {
        var someone = await Cloud.SomeoneAsync();
        using var silence = new ManualResetEventSlim();
        await using var gateway = await Cloud.GatewayAsync(someone.GatewayPath, action => { silence.Wait(); return ActionReply.Created(action.ActionId); });
        using var browser = await Cloud.SignedInAsync();
        using (await Click(browser, someone))
        {
            var first = (await ActionAsync(someone, ActionState.Sent)).DueAt!.Value;
            Assert.InRange(first, TimeProvider.System.GetUtcNow(), TimeProvider.System.GetUtcNow().AddSeconds(30));
            await CloudSystem.EventuallyAsync(async () => (await ActionAsync(someone, ActionState.Sent)).DueAt > first);
            Assert.Equal(1, (await ActionAsync(someone, ActionState.Sent)).Attempts);
        }
        silence.Set();

        Assert.Null((await ActionAsync(someone, ActionState.Confirmed)).DueAt);
    }

    [Fact]
    public async Task Two_instances_deliver_each_action_once()
    {
        var database = await shared.Cluster.NewDatabaseAsync();
        await using var one = await CloudSystem.StartAsync(database);
        await using var two = await CloudSystem.StartAsync(database, true, $"--AZURE_RELAY_NAMESPACE={one.Address}");
        var ids = new ConcurrentQueue<string>();
        var people = new List<Someone>();
        for (var at = 0; at < 12; at++)
            people.Add(await one.SomeoneAsync());
        var gateways = new List<Relay.RelayListener>();
        foreach (var someone in people)
            gateways.Add(await one.GatewayAsync(someone.GatewayPath, action => { ids.Enqueue(action.ActionId); return ActionReply.Created(action.ActionId); }));

        await Parallel.ForEachAsync(people, async (someone, cancellationToken) =>
        {
            var cloud = people.IndexOf(someone) % 2 == 0 ? one : two;
            var send = (SendToModality)cloud.Services.GetService(typeof(SendToModality))!;
            Assert.Equal(SendOutcome.Sent, await send.SendAsync(someone.Clinic, someone.Appointment, cancellationToken));
        });
        await CloudSystem.EventuallyAsync(async () => await one.DatabaseAsync(each => each.GatewayActions.CountAsync(action => action.ConfirmedAt != null)) == people.Count);

        Assert.Equal(people.Count, ids.Count);
        Assert.Equal(people.Count, ids.Distinct().Count());
        foreach (var gateway in gateways)
            await gateway.DisposeAsync();
    }

    private static Task<HttpResponseMessage> Click(Browser browser, Someone someone, string? accept = null) =>
        browser.SubmitAsync("/sign-out", $"/clinic/{someone.Clinic}?handler=Send", new() { ["appointmentId"] = $"{someone.Appointment}" }, accept);

    private async Task<ActionRecord> ActionAsync(Someone someone, ActionState state)
    {
        ActionRecord? found = null;
        await CloudSystem.EventuallyAsync(async () =>
        {
            found = await Cloud.DatabaseAsync(database => database.GatewayActions.AsNoTracking().SingleAsync(action => action.AppointmentId == someone.Appointment));
            // While it is tried again, the failure before stands
            return found.State == state;
        });
        return found!;
    }
}
