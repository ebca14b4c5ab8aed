using Gantry.Sidecar.Tests.Hosting;
using Gantry.Worklist;
using Gantry.Worklist.Tests.Engines;

namespace Gantry.Sidecar.Tests.Forwarding;

/// <summary>Two gateways on one PostgreSQL.</summary>
public sealed class SharedOutboxTests
{
    private const int Exams = 60;

    [Fact]
    public async Task Two_gateways_deliver_one_outbox_in_order_and_nothing_twice_and_one_that_leaves_is_replaced()
    {
        await using var server = await PrivatePostgres.StartAsync();
        await using var cloud = await CloudStub.StartAsync();
        string[] settings = [.. cloud.Settings, $"Worklist:Postgres={server.ConnectionString}"];
        await using var one = await RunningGateway.StartAsync([.. settings, .. Place()]);
        var other = await RunningGateway.StartAsync([.. settings, .. Place()]);
        await Task.WhenAll(Enumerable.Range(0, Exams).Select(async exam =>
        {
            var store = exam % 2 == 0 ? one.Store : other.Store;
            await store.OrderAsync($"A{exam}");
            await store.StartAsync($"A{exam}");
            await (exam % 3 == 0 ? one.Store : other.Store).FinishAsync($"A{exam}");
        }));
        await cloud.UntilAsync(heard => heard.Count >= Exams);
        await other.DisposeAsync();
        await cloud.UntilAsync(heard => Enumerable.Range(0, Exams).All(exam => heard.StatusesOf($"A{exam}").Distinct().Count() == 2));

        for (var exam = 0; exam < Exams; exam++)
            Assert.Equal(["IN PROGRESS", "COMPLETED"], cloud.Heard.StatusesOf($"A{exam}").Distinct());
        // What was under way when the other left may have come once more
        Assert.InRange(cloud.Heard.Count, Exams * 2, (Exams * 2) + 16);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while ((await one.Store.OutboxStatisticsAsync(OutboxTarget.Cloud, patience.Token)).Pending > 0)
            await Task.Yield();
    }

    [Fact]
    public async Task What_one_gateway_writes_another_delivers_at_once_though_it_looks_only_once_an_hour()
    {
        await using var server = await PrivatePostgres.StartAsync();
        await using var cloud = await CloudStub.StartAsync();
        string[] settings = [.. cloud.Settings, $"Worklist:Postgres={server.ConnectionString}"];
        await using var delivers = await RunningGateway.StartAsync([.. settings, .. Place(), "Forwarding:PollInterval=01:00:00"]);
        await using var writes = await RunningGateway.StartAsync([.. settings, .. Place(), "Forwarding:Paused=true"]);

        await writes.Store.OrderAsync("A1");
        await writes.Store.StartAsync("A1");
        await cloud.UntilAsync(heard => heard.StatusesOf("A1").Count() == 1);

        // The connection on which it hears is lost: it makes another, and asks what it missed
        await server.PsqlAsync("public", "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query IN ('LISTEN gantry_outbox', 'SELECT 1')");
        await writes.Store.FinishAsync("A1");
        await cloud.UntilAsync(heard => heard.StatusesOf("A1").Count() == 2);

        Assert.Equal(["IN PROGRESS", "COMPLETED"], cloud.Heard.StatusesOf("A1"));
    }

    /// <summary>By the ports of their pages gateways of one machine know which messages are whose, so 0 will not do here.</summary>
    private static string[] Place() =>
        [$"Web:BindAddresses=127.{Random.Shared.Next(1, 250)}.{Random.Shared.Next(250)}.1", $"Web:Port={Random.Shared.Next(15000, 32000)}"];
}
