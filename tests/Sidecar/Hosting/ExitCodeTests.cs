using System.Diagnostics;
using Gantry.Sidecar.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

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

    [Fact]
    public async Task What_nobody_foresaw_ends_the_process_as_a_failure_and_not_with_a_crash()
    {
        var folder = Directory.CreateTempSubdirectory("gantry-exit-");
        var code = await SidecarHost.RunAsync(
            [
                "--Worklist:DatabasePath", Path.Combine(folder.FullName, "worklist.db"), "--Dicom:Ports", "0", "--Dicom:BindAddresses", "127.0.0.1",
                "--Web:Port", "0", "--Orthanc:Enabled", "false", "--Viewer:Enabled", "false", "--Logging:LogLevel:Default", "None",
            ],
            services => services.AddHostedService<Unforeseen>());
        Assert.Equal(1, code);
        folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    public async Task Asked_for_the_help_of_serve_the_program_shows_it_and_starts_nothing(string flag)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(SidecarHost).Assembly.Location, "serve", flag]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        Assert.Contains("Runs the gateway", output, StringComparison.Ordinal);
    }

    private sealed class Unforeseen : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => throw new InvalidOperationException("as the test wants it");

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
