using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Gantry.EndToEnd.Tests;

/// <summary>Without --lan, other machines get nothing. This machine's own network address stands for another machine.</summary>
public sealed class LoopbackTests(RunningSystem running) : IClassFixture<RunningSystem>
{
    private readonly GantrySystem _system = running.System;

    private static string OtherAddress { get; } = NetworkInterface.GetAllNetworkInterfaces()
        .SelectMany(network => network.GetIPProperties().UnicastAddresses)
        .Select(address => address.Address)
        .FirstOrDefault(address => address.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(address))?.ToString()
        // A machine without a network: 127.0.0.2 is not the address that the rules are about
        ?? "127.0.0.2";

    [Fact]
    public async Task The_archive_takes_an_image_from_this_machine()
    {
        var image = await ImageAsync("1.2.826.0.1.3680043.10.1");

        (await Peer.RunAsync("storescu", ["127.0.0.1", $"{_system.Ports.Archive}", image])).MustSucceed();

        Assert.Contains("1.2.826.0.1.3680043.10.1", await ArchivedAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_archive_refuses_an_image_from_elsewhere_so_that_the_sender_knows()
    {
        var image = await ImageAsync("1.2.826.0.1.3680043.10.2");

        var refused = await Peer.RunAsync("storescu", ["-v", OtherAddress, $"{_system.Ports.Archive}", image]);

        Assert.DoesNotContain("Received Store Response (Success)", refused.Output, StringComparison.Ordinal);
        Assert.Contains("Received Store Response", refused.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("1.2.826.0.1.3680043.10.2", await ArchivedAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_archive_answers_no_query_from_elsewhere()
    {
        var refused = await Peer.RunAsync(
            "findscu", ["-v", "-S", "-k", "QueryRetrieveLevel=STUDY", "-k", "PatientID=", OtherAddress, $"{_system.Ports.Archive}"]);

        Assert.DoesNotContain("(Success)", refused.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_archive_answers_no_REST_from_elsewhere()
    {
        var refused = await Peer.ShellAsync(
            $"curl -s -o /dev/null -w '%{{http_code}}' -u orthanc:orthanc http://{OtherAddress}:{_system.Ports.ArchiveWeb}/system");

        Assert.NotEqual("200", refused.Output);
    }

    [Fact]
    public async Task The_worklist_cannot_be_reached_from_elsewhere()
    {
        foreach (var port in new[] { _system.Ports.Worklist, _system.Ports.SecondWorklist, _system.Ports.SidecarWeb })
        {
            using var socket = new TcpClient();
            await Assert.ThrowsAsync<SocketException>(() => socket.ConnectAsync(OtherAddress, port));
        }
    }

    [Fact]
    public async Task The_archive_can_ask_the_sidecar_for_its_worklist()
    {
        var answer = await Peer.ShellAsync(
            $"curl -sf -u orthanc:orthanc http://localhost:{_system.Ports.ArchiveWeb}/modalities/worklists/find-worklist -d '{{\"AccessionNumber\":\"4567\"}}'");

        answer.MustSucceed();
        Assert.Contains("4567", answer.Output, StringComparison.Ordinal);
    }

    private async Task<string> ArchivedAsync() => (await Peer.ShellAsync(
        $"curl -sf -u orthanc:orthanc 'http://localhost:{_system.Ports.ArchiveWeb}/instances?expand'")).MustSucceed().Output;

    /// <summary>A small object, made by DCMTK.</summary>
    private async Task<string> ImageAsync(string uid)
    {
        var text = Path.Combine(_system.Data, $"{uid}.txt");
        await File.WriteAllTextAsync(text, $"""
            (0008,0016) UI 1.2.840.10008.5.1.4.1.1.7
            (0008,0018) UI {uid}
            (0008,0060) CS OT
            (0010,0010) PN TEST^LOOPBACK
            (0010,0020) LO LOOP1
            (0020,000d) UI 1.2.826.0.1.3680043.10.3
            (0020,000e) UI 1.2.826.0.1.3680043.10.4

            """);
        var image = Path.ChangeExtension(text, ".dcm");
        (await Peer.RunAsync("dump2dcm", ["--write-xfer-little", text, image])).MustSucceed();
        return image;
    }
}
