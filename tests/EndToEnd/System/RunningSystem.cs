namespace Gantry.EndToEnd.Tests;

/// <summary>One started system, as a first start has it but for the cloud and the simulator, for all tests of a class; ask for it with <c>IClassFixture&lt;RunningSystem&gt;</c>.</summary>
public sealed class RunningSystem : IAsyncLifetime
{
    internal GantrySystem System { get; private set; } = null!;

    public async Task InitializeAsync() => System = await GantrySystem.StartAsync(parts: Parts.Emr);

    public async Task DisposeAsync()
    {
        // Null when the start failed, which xUnit reports for every test
        if (System is not null)
            await System.DisposeAsync();
    }
}
