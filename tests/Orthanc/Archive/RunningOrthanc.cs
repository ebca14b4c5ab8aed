namespace Orthanc.Net.Tests;

/// <summary>One Orthanc for the tests that only add to it; each brings patients and studies of its own.</summary>
public sealed class RunningOrthanc : IAsyncLifetime
{
    internal OrthancProcess Process { get; private set; } = null!;

    internal OrthancClient Client { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Process = await OrthancProcess.StartNewAsync();
        Client = Clients.Of(Process);
    }

    public async Task DisposeAsync()
    {
        // Null when the start failed, which xUnit reports for every test
        if (Process is not null)
            await Process.DisposeAsync();
    }
}

/// <summary>Test classes that share one Orthanc.</summary>
[CollectionDefinition(Name)]
public sealed class ArchiveTests : ICollectionFixture<RunningOrthanc>
{
    public const string Name = "One Orthanc";
}
