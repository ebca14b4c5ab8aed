namespace Orthanc.Net.Tests;

[Collection(ArchiveTests.Name)]
public sealed class ServerTests(RunningOrthanc orthanc)
{
    private readonly OrthancClient _client = orthanc.Client;

    [Fact]
    public async Task Orthanc_says_who_it_is()
    {
        var system = await _client.Server.GetSystemAsync();

        Assert.Equal(("Tested", "TESTED", orthanc.Process.DicomPort), (system.Name, system.DicomAet, system.DicomPort));
        Assert.Matches(@"^1\.(1[0-9])\.", system.Version);
        Assert.Null(system.DatabaseBackendPlugin);
    }

    [Fact]
    public async Task Statistics_count_what_was_stored()
    {
        var before = await _client.Server.GetStatisticsAsync();
        await new SyntheticImage().UploadAsync(_client);
        var after = await _client.Server.GetStatisticsAsync();

        Assert.Equal((1, 1), (after.CountStudies - before.CountStudies, after.CountInstances - before.CountInstances));
        Assert.True(after.TotalDiskSize > before.TotalDiskSize);
    }

    [Fact]
    public async Task Plugins_are_listed() => Assert.NotNull(await _client.Server.ListPluginsAsync());

    [Fact]
    public async Task A_wrong_password_is_told_with_the_way_out()
    {
        var client = Clients.Of(new OrthancClientOptions { BaseAddress = orthanc.Process.Address, Username = "tester", Password = "wrong" });

        var error = await Assert.ThrowsAsync<OrthancUnauthorizedException>(() => client.Server.GetSystemAsync());

        Assert.Equal((401, OrthancPhase.AwaitReply), ((int)error.StatusCode, error.Phase));
        Assert.Contains("RegisteredUsers", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong", error.Message, StringComparison.Ordinal);
    }
}
