namespace Gantry.Containers.Tests;

/// <summary>What a program inside a container can do that was taken over: as little as may be.</summary>
[Collection(StartedContainers.Name), Trait("Category", StartedContainers.Category)]
public sealed class ContainerRightsTests(ContainerSystem containers)
{
    private static readonly string[] All = ["postgres", "orthanc-pacs", "orthanc-worklists", "orthanc-modality", "manage-screening"];

    public static TheoryData<string> Services => [.. All];

    [Theory]
    [MemberData(nameof(Services))]
    public async Task It_is_not_root_and_has_no_capability(string service)
    {
        var status = (await containers.InsideAsync(service, "sh", "-c", "id -u; grep -E 'CapPrm|CapBnd|NoNewPrivs' /proc/self/status")).MustSucceed();
        var lines = status.Output.Split('\n');

        Assert.NotEqual("0", lines[0]);
        Assert.Contains(lines, line => line.StartsWith("CapPrm", StringComparison.Ordinal) && line.EndsWith("0000000000000000", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("CapBnd", StringComparison.Ordinal) && line.EndsWith("0000000000000000", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("NoNewPrivs", StringComparison.Ordinal) && line.EndsWith('1'));
    }

    [Theory]
    [MemberData(nameof(Services))]
    public async Task It_cannot_change_its_programs(string service)
    {
        var written = await containers.InsideAsync(service, "sh", "-c", "echo changed >/etc/hostname.new || echo changed >/usr/bin/new");

        Assert.NotEqual(0, written.Status);
        Assert.Contains("Read-only file system", written.Output, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task The_sidecar_does_not_reach_the_database()
    {
        var reached = await containers.InsideAsync("orthanc-worklists", "bash", "-c", "exec 3<>/dev/tcp/postgres/5432");

        Assert.NotEqual(0, reached.Status);
    }

    [Fact]
    public async Task A_password_stands_in_no_environment_and_on_no_command_line()
    {
        foreach (var service in All)
        {
            var told = (await containers.InsideAsync(service, "sh", "-c", "cat /proc/[0-9]*/cmdline | tr '\\0' ' '; tr '\\0' '\\n' </proc/1/environ")).MustSucceed();
            Assert.DoesNotContain("gantry-demo-2026", told.Output, StringComparison.Ordinal);
        }
    }
}
