using Gantry.Sidecar.Hosting;

namespace Gantry.Sidecar.Tests.Hosting;

public sealed class ExitCodeTests
{
    [Fact]
    public async Task Settings_that_cannot_work_end_the_start_with_the_code_of_configuration_errors() =>
        Assert.Equal(78, await SidecarHost.RunAsync(["--Web:Port", "x"]));

    [Fact]
    public async Task A_worklist_that_cannot_be_opened_ends_the_start_as_unavailable()
    {
        var folder = Directory.CreateTempSubdirectory("gantry-exit-");
        File.WriteAllText(Path.Combine(folder.FullName, "file"), "");
        Assert.Equal(69, await SidecarHost.RunAsync(["--Worklist:DatabasePath", Path.Combine(folder.FullName, "file", "worklist.db")]));
        folder.Delete(recursive: true);
    }
}
