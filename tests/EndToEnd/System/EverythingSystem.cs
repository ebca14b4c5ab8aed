namespace Gantry.EndToEnd.Tests;

/// <summary>One system with every part, images and worklist in PostgreSQL, for the classes of its collection.</summary>
public sealed class EverythingSystem : IAsyncLifetime
{
    internal GantrySystem System { get; private set; } = null!;

    public async Task InitializeAsync() => System = await GantrySystem.StartAsync(parts: Parts.Simulator | Parts.Postgres);

    public async Task DisposeAsync()
    {
        // Null when the start failed, which xUnit reports for every test
        if (System is not null)
            await System.DisposeAsync();
    }
}

/// <summary>The classes that share it, whose tests then run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class SharedEverything : ICollectionFixture<EverythingSystem>
{
    public const string Name = "one system with every part";
}
