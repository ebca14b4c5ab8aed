using Gantry.Dicom.Network;
using Gantry.Worklist;
using Gantry.Worklist.Tests.Engines;

namespace Gantry.Sidecar.Tests.Wire.Mpps;

/// <summary>The points of MPPS at which the store matters, with the worklist in PostgreSQL.</summary>
public sealed class MppsOnPostgresTests : IAsyncLifetime
{
    private const string Uid = "1.2.3.100";

    private PrivatePostgres _server = null!;
    private Scp _scp = null!;

    public async Task InitializeAsync()
    {
        _server = await PrivatePostgres.StartAsync();
        _scp = await StartAsync();
        await _scp.AddAsync(Steps.Order, Orders.Order("ACC2") with { StudyInstanceUid = "1.2.3.2" });
    }

    public async Task DisposeAsync()
    {
        await _scp.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_step_for_two_orders_survives_a_restart_and_ends_both()
    {
        await using (var client = await _scp.ConnectAsync())
            MppsTest.AssertSuccess(await client.CreateStepAsync(Uid, Steps.Started(Steps.Of("1.2.3.1"), Steps.Of("1.2.3.2"))));
        Assert.Empty((await _scp.FindAsync([])).Succeeded());
        await _scp.RestartAsync();
        await using (var client = await _scp.ConnectAsync())
        {
            MppsTest.AssertSuccess(await client.SetStepAsync(Uid, Steps.Ended()));
            MppsTest.AssertRefused(0x0110, await client.SetStepAsync(Uid, Steps.Ended()));
            MppsTest.AssertRefused(0x0111, await client.CreateStepAsync(Uid, Steps.Started()));
            MppsTest.AssertRefused(0x0112, await client.SetStepAsync("1.2.3.404", Steps.Ended()));
        }

        Assert.Equal(OrderStatus.Completed, await _scp.StatusOfAsync("ACC1"));
        Assert.Equal(OrderStatus.Completed, await _scp.StatusOfAsync("ACC2"));
        foreach (var target in Enum.GetValues<OutboxTarget>())
            Assert.Equal(4, (await _scp.Store.OutboxStatisticsAsync(target, default)).Pending);
    }

    [Fact]
    public async Task Two_gateways_on_one_store_agree_on_who_ended_a_step()
    {
        await using var second = await StartAsync();
        await using var here = await _scp.ConnectAsync();
        await using var there = await second.ConnectAsync();
        DimseResponse[] created = await Task.WhenAll(
            here.CreateStepAsync(Uid, Steps.Started()), there.CreateStepAsync(Uid, Steps.Started()));
        Assert.All(created, MppsTest.AssertSuccess); // the same content: one of them counts as the repetition
        DimseResponse[] ended = await Task.WhenAll(
            here.SetStepAsync(Uid, Steps.Ended()), there.SetStepAsync(Uid, Steps.Ended("DISCONTINUED")));
        Assert.Equal([0x0000, 0x0110], ended.Select(response => (int)response.Status).Order());
        foreach (var target in Enum.GetValues<OutboxTarget>())
            Assert.Equal(2, (await _scp.Store.OutboxStatisticsAsync(target, default)).Pending);
    }

    private Task<Scp> StartAsync() => Scp.StartAsync(place: new WorklistStoreOptions { Postgres = _server.ConnectionString });
}
