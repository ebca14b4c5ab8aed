using Gantry.Sidecar.Tests.Hosting;
using Orthanc.Net.Tests;

namespace Gantry.Sidecar.Tests.Archive;

public sealed class RestartTests
{
    [Fact]
    public async Task An_archive_that_is_killed_and_started_again_is_well_again_by_itself()
    {
        await using var orthanc = await OrthancProcess.StartNewAsync();
        await using var gateway = await RunningGateway.StartAsync(ArchiveHouse.Settings(orthanc));
        Assert.Equal("passed", await EchoAsync(gateway));
        await orthanc.KillAsync();
        Assert.Equal("failed", await EchoAsync(gateway));
        Assert.Equal("degraded", PacsTestTests.Status(await gateway.GetAsync("/health")));
        await orthanc.StartAsync();
        Assert.Equal("passed", await EchoAsync(gateway));
        Assert.Equal(0, (await gateway.GetAsync("/api/pacs/studies")).GetProperty("total").GetInt32());
    }

    private static async Task<string> EchoAsync(RunningGateway gateway) =>
        PacsTestTests.Status(PacsTestTests.Step(await gateway.GetAsync("/api/pacs/test"), "C-ECHO"));
}
