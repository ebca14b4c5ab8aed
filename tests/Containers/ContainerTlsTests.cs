namespace Gantry.Containers.Tests;

/// <summary>Everything by TLS, with one pair of files.</summary>
[Trait("Category", StartedContainers.Category)]
public sealed class ContainerTlsTests(SecureSystem containers) : IClassFixture<SecureSystem>
{
    private readonly Ports _ports = containers.Ports;

    private string Secure => $"+tls '{containers.Certificate("client.key")}' '{containers.Certificate("client.crt")}' +cf '{containers.Certificate("ca.crt")}'";

    [Fact]
    public async Task DICOM_is_spoken_by_TLS_alone()
    {
        foreach (var port in new[] { _ports.Archive, _ports.Worklist, _ports.SecondWorklist })
        {
            (await Peer.ShellAsync($"echoscu -to 10 -ta 10 {Secure} localhost {port}")).MustSucceed();
            Assert.NotEqual(0, (await Peer.ShellAsync($"echoscu -to 10 -ta 10 localhost {port}")).Status);
        }
    }

    [Fact]
    public async Task Pages_viewer_and_the_clinics_web_app_show_the_certificate()
    {
        foreach (var (port, path) in new[] { (_ports.SidecarWeb, "health"), (_ports.Viewer, ""), (_ports.Cloud, "health") })
            (await Peer.ShellAsync($"curl -fsS --cacert '{containers.Certificate("ca.crt")}' https://localhost:{port}/{path}")).MustSucceed();
    }

    [Fact]
    public async Task The_parts_reach_each_other()
    {
        // Archive, its changes, and the relay: each is asked by traffic
        var health = (await Peer.ShellAsync($"curl -fsS --cacert '{containers.Certificate("ca.crt")}' https://localhost:{_ports.SidecarWeb}/health")).MustSucceed();
        Assert.DoesNotContain("unhealthy", health.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("degraded", health.Output, StringComparison.Ordinal);

        await ContainerSystem.OrthancAsync(_ports.ModalityWeb, "modalities/worklists/echo", "{}");
        await ContainerSystem.OrthancAsync(_ports.ModalityWeb, "modalities/archive/echo", "{}");
    }

    [Fact]
    public async Task The_archive_tells_the_sidecar_of_a_new_image()
    {
        (await ContainerSystem.ModalityAsync(
            "dicom-send", "-p", $"{_ports.Archive}", "-a", "ORTHANC", "-m", "CR", "--images", "1", "--columns", "256", "--tls",
            "--tls-ca", containers.Certificate("ca.crt"), "--tls-cert", containers.Certificate("client.crt"), "--tls-key", containers.Certificate("client.key")))
            .MustSucceed();

        var log = (await containers.ComposeAsync("logs", "--no-log-prefix", "orthanc-pacs")).MustSucceed();
        Assert.DoesNotContain("new-instance", log.Output, StringComparison.Ordinal);
    }
}
