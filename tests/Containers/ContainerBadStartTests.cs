using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Gantry.Containers.Tests;

/// <summary>What cannot work ends with one clear sentence, and leaves alone what is there.</summary>
[Collection(StartedContainers.Name), Trait("Category", StartedContainers.Category)]
public sealed class ContainerBadStartTests(ContainerSystem containers)
{
    [Theory]
    [InlineData("orthanc-pacs", "ORTHANC_PASSWORD_FILE=", "ORTHANC_PASSWORD (or ORTHANC_PASSWORD_FILE) is not set")]
    [InlineData("orthanc-pacs", "Demo__Enabled=false", "Everybody knows this password")]
    [InlineData("orthanc-pacs", "ORTHANC_PASSWORD=another", "are both set")]
    [InlineData("orthanc-modality", "ORTHANC_PASSWORD_FILE=/run/secrets/none", "there is no such file")]
    [InlineData("postgres", "GANTRY_POSTGRES_PASSWORD_FILE=", "GANTRY_POSTGRES_PASSWORD (or GANTRY_POSTGRES_PASSWORD_FILE) is not set")]
    [InlineData("postgres", "Demo__Enabled=false", "Everybody knows this password")]
    public async Task A_password_that_is_missing_or_known_to_all_stops_the_start(string service, string variable, string sentence)
    {
        var run = await containers.ComposeAsync("run", "--rm", "-T", "--no-deps", "-e", variable, service);

        Assert.Equal(78, run.Status);
        Assert.Contains(sentence, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_PostgreSQL_on_the_same_volume_is_refused()
    {
        var second = await containers.ComposeAsync("run", "--rm", "-T", "--no-deps", "postgres");

        Assert.Equal(69, second.Status);
        Assert.Contains("Another PostgreSQL already works on this volume", second.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Data_of_another_PostgreSQL_is_refused_and_left_as_it_is()
    {
        await using var volume = await Volume.MakeAsync("gantry-postgres", "/var/lib/postgresql", "mkdir cluster && echo 15 >cluster/PG_VERSION");

        var refused = await volume.RunAsync("-e", "GANTRY_POSTGRES_PASSWORD=a-good-one-1", "--tmpfs", "/run/postgresql:uid=999");

        Assert.Equal(69, refused.Status);
        Assert.Contains("was made by PostgreSQL 15, and this image has 17", refused.Output, StringComparison.Ordinal);
        Assert.Equal("15", (await volume.RunAsync("--entrypoint", "cat", "IMAGE", "cluster/PG_VERSION")).MustSucceed().Output);
    }

    [Theory]
    [InlineData("gantry-postgres", "/var/lib/postgresql", "GANTRY_POSTGRES_PASSWORD=a-good-one-1", "cannot be written to by postgres (user 999")]
    [InlineData("gantry-orthanc", "/var/lib/orthanc", "ORTHANC_PASSWORD=a-good-one-1", "cannot be written to by orthanc (user 998")]
    [InlineData("gantry-sidecar", "/etc/orthanc/WorklistsDatabase", "Orthanc__Enabled=false", "The worklist cannot be opened")]
    public async Task A_volume_without_permission_is_named(string image, string folder, string variable, string sentence)
    {
        // Docker gives an empty volume to whom the image says
        await using var volume = await Volume.MakeAsync(image, folder, "touch kept && chown 0:0 . && chmod 755 .");

        var refused = await volume.RunAsync("-e", variable, "--tmpfs", "/run/orthanc:uid=998", "--tmpfs", "/run/postgresql:uid=999");

        Assert.NotEqual(0, refused.Status);
        Assert.Contains(sentence, refused.Output, StringComparison.Ordinal);
        Assert.Contains(folder, refused.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", refused.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_named()
    {
        using var squatter = new TcpListener(IPAddress.Loopback, 0);
        squatter.Start();
        var port = ((IPEndPoint)squatter.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);

        var run = await containers.ComposeAsync(("MODALITY_WEB_PORT", port), "run", "--rm", "-T", "--no-deps", "--service-ports", "orthanc-modality");

        Assert.NotEqual(0, run.Status);
        Assert.Contains($":{port}", run.Output, StringComparison.Ordinal);
        Assert.Contains("in use", run.Output, StringComparison.Ordinal);
    }
}
