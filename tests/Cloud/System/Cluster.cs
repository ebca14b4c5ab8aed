using Gantry.Worklist.Tests.Engines;

namespace Gantry.Cloud.Tests.System;

/// <summary>One PostgreSQL for all tests; each cloud has a database of its own in it.</summary>
public sealed class Cluster : IAsyncLifetime
{
    private PrivatePostgres _server = null!;
    private int _databases;

    public async Task InitializeAsync() => _server = await PrivatePostgres.StartAsync();

    /// <summary>Connection string of a new, empty database.</summary>
    public async Task<string> NewDatabaseAsync()
    {
        var name = $"cloud{Interlocked.Increment(ref _databases)}";
        await _server.PsqlAsync("public", $"CREATE DATABASE {name}");
        return _server.ConnectionString.Replace("Database=postgres", $"Database={name}", StringComparison.Ordinal) + ";Maximum Pool Size=20";
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();
}

/// <summary>Classes of this collection share the server and one cloud; each test makes its own appointments.</summary>
[CollectionDefinition(nameof(SharedCloud))]
public sealed class SharedCloud : ICollectionFixture<SharedCloud.Fixture>
{
    public sealed class Fixture : IAsyncLifetime
    {
        internal Cluster Cluster { get; } = new();

        internal CloudSystem Cloud { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            await Cluster.InitializeAsync();
            Cloud = await CloudSystem.StartAsync(await Cluster.NewDatabaseAsync());
        }

        public async Task DisposeAsync()
        {
            await Cloud.DisposeAsync();
            await Cluster.DisposeAsync();
        }
    }
}
