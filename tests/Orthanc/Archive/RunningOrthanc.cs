namespace Orthanc.Net.Tests;

/// <summary>One Orthanc for the tests that only add to it; each brings patients and studies of its own.</summary>
public sealed class RunningOrthanc : IAsyncLifetime
{
    private readonly OrthancProcess _process = new();

    internal OrthancProcess Process => _process;

    internal OrthancClient Client { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        await _process.StartAsync();
        Client = Clients.Of(_process);
    }

    public async Task DisposeAsync() => await _process.DisposeAsync();
}

/// <summary>Test classes that share one Orthanc.</summary>
[CollectionDefinition(Name)]
public sealed class ArchiveTests : ICollectionFixture<RunningOrthanc>
{
    public const string Name = "One Orthanc";
}
