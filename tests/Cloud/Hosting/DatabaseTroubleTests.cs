using System.Net;
using Gantry.Cloud.Accounts;
using Gantry.Cloud.Data;
using Gantry.Cloud.Tests.System;
using Gantry.Contracts;
using Gantry.Relay;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Gantry.Cloud.Tests.Hosting;

/// <summary>A database that cannot store: people and gateways are told, in a sentence, and nothing is half done.</summary>
[Collection(nameof(SharedCloud))]
public sealed class DatabaseTroubleTests(SharedCloud.Fixture shared)
{
    [Fact]
    public async Task A_full_disk_is_said_on_the_page_in_the_log_and_by_the_health()
    {
        var database = await shared.Cluster.NewDatabaseAsync();
        await using var cloud = await CloudSystem.StartAsync(database);
        var someone = await cloud.SomeoneAsync();
        using var clinic = await cloud.SignedInAsync(FirstUsers.DemoClinicEmail);
        await LeaveNoRoomAsync(database, "gateway_actions");

        using var answer = await clinic.SubmitAsync($"/clinic/{someone.Clinic}", $"/clinic/{someone.Clinic}?handler=Send", new() { ["appointmentId"] = $"{someone.Appointment}" });

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("Nothing was changed", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains(cloud.Log.Lines, line => line.Contains("The disk of the database is full: make room there.", StringComparison.Ordinal));
        Assert.Equal(Cloud.Appointments.AppointmentState.CheckedIn, await cloud.StateAsync(someone));
        await CloudSystem.EventuallyAsync(async () => (await clinic.PageAsync("/health")).Contains("The disk of the database is full", StringComparison.Ordinal));
        Assert.Contains("\"status\":\"degraded\"", await clinic.PageAsync("/health"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_gateway_is_told_of_a_full_disk_and_its_messages_do_not_fill_the_log()
    {
        var database = await shared.Cluster.NewDatabaseAsync();
        await using var cloud = await CloudSystem.StartAsync(database);
        await LeaveNoRoomAsync(database, "status_events");
        await using var gateway = new RelayMessenger(new() { Endpoint = cloud.Endpoint(cloud.Services.GetRequiredService<CloudSettings>().EventsPath) });
        var message = Messages.Status(await cloud.SomeoneAsync(), "IN PROGRESS").ToJson();

        for (var time = 0; time < 3; time++)
        {
            var reply = EventReply.Parse((await gateway.SendAsync(message)).Span).Value!;
            Assert.Equal(("error", "The disk of the database is full: make room there."), (reply.Status, reply.Message));
        }

        Assert.Single(cloud.Log.Lines, line => line.Contains("The disk of the database is full", StringComparison.Ordinal));
        Assert.DoesNotContain(cloud.Log.Lines, line => line.Contains("the handler failed", StringComparison.Ordinal));
    }

    [Fact]
    public void Trouble_is_told_from_faults_of_our_own()
    {
        Assert.Contains("make room", DatabaseTrouble.Explain(new InvalidOperationException("", Refused("53100"))), StringComparison.Ordinal);
        Assert.Contains("is away", DatabaseTrouble.Explain(Refused("57P03")), StringComparison.Ordinal);
        Assert.Contains("in trouble", DatabaseTrouble.Explain(Refused("XX000")), StringComparison.Ordinal);
        Assert.Null(DatabaseTrouble.Explain(Refused("23505")));
        Assert.Null(DatabaseTrouble.Explain(new InvalidOperationException()));
    }

    private static async Task LeaveNoRoomAsync(string database, string table)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var fill = source.CreateCommand($"""
            CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION USING ERRCODE = '53100', MESSAGE = 'could not extend file'; END $$;
            CREATE TRIGGER no_room BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION no_room();
            """);
        await fill.ExecuteNonQueryAsync();
    }

    private static PostgresException Refused(string state) => new("as the test wants it", "ERROR", "ERROR", state);
}
