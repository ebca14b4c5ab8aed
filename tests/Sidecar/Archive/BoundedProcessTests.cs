using Gantry.Sidecar.Archive.Pictures;

namespace Gantry.Sidecar.Tests.Archive;

public sealed class BoundedProcessTests
{
    private static readonly string Folder = Path.GetTempPath();

    [Fact]
    public async Task A_program_that_hangs_is_ended_and_named()
    {
        var error = await Assert.ThrowsAsync<PictureException>(() => BoundedProcess.RunAsync(
            BoundedProcess.Find("tail")!, ["-f", "/dev/null"], Folder, TimeSpan.FromSeconds(0.3), CancellationToken.None));
        Assert.Contains("tail", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_has_no_environment_of_ours_and_cannot_take_all_memory()
    {
        // dd asks for a buffer of 4 GB, which is more than the limit of the address space
        Assert.NotEqual(0, await BoundedProcess.RunAsync(
            BoundedProcess.Find("dd")!, ["if=/dev/zero", "of=/dev/null", "bs=4G", "count=1"], Folder, TimeSpan.FromSeconds(20), CancellationToken.None));
        Assert.NotEqual(0, await BoundedProcess.RunAsync(
            BoundedProcess.Find("printenv")!, ["PATH"], Folder, TimeSpan.FromSeconds(20), CancellationToken.None));
        Assert.Equal(0, await BoundedProcess.RunAsync(
            BoundedProcess.Find("printenv")!, ["LC_ALL"], Folder, TimeSpan.FromSeconds(20), CancellationToken.None));
    }

    [Fact]
    public async Task A_program_that_is_not_there_is_no_crash() =>
        Assert.NotEqual(0, await BoundedProcess.RunAsync("/nowhere/to/be/found", [], Folder, TimeSpan.FromSeconds(20), CancellationToken.None));
}
