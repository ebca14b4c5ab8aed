namespace Gantry.EndToEnd.Tests.Dcmtk;

/// <summary>Our command sends images over TLS to DCMTK's storescp (Debian's dcmqrscp 3.6.7 knows no TLS).</summary>
public sealed class StorescpTests
{
    [Fact]
    public async Task Images_go_over_TLS_and_not_to_an_archive_of_another_authority()
    {
        using var certificates = await TestCertificates.MakeAsync();
        var (folder, port) = (GantrySystem.NewFolder(), Ports.Free().Archive);
        await using var storescp = Peer.Start(
            "storescp", ["-v", "+tls", certificates.Key("server"), certificates.Certificate("server"), "+cf", certificates.Authority, "-od", folder, $"{port}"]);
        await EchoLoop.UntilAnsweredAsync(
            storescp, port, "+tls", certificates.Key("client"), certificates.Certificate("client"), "+cf", certificates.Authority);
        Task<PeerResult> SendAsync(string authority, string identity) => Peer.RunAsync("dotnet",
        [
            GantrySystem.SidecarProgram, "dicom-send", "-p", $"{port}", "-m", "CT", "--images", "2", "--tls-ca", authority,
            "--tls-cert", certificates.Certificate(identity), "--tls-key", certificates.Key(identity),
        ]);

        var sent = await SendAsync(certificates.Authority, "client");
        var stored = Directory.GetFiles(folder).Length;
        var toStranger = await SendAsync(certificates.StrangersAuthority, "client");
        var asStranger = await SendAsync(certificates.Authority, "intruder");

        sent.MustSucceed();
        Assert.Equal(2, stored);
        Assert.Equal((1, 1), (toStranger.Status, asStranger.Status));
        Assert.Contains("TLS", toStranger.Output, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(2, Directory.GetFiles(folder).Length);
        Directory.Delete(folder, recursive: true);
    }
}
