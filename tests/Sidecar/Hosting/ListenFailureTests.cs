using System.Net;
using System.Net.Sockets;
using Gantry.Sidecar.Hosting;

namespace Gantry.Sidecar.Tests.Hosting;

public sealed class ListenFailureTests
{
    [Fact]
    public void The_owner_of_a_port_is_found()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        var port = ((IPEndPoint)socket.LocalEndpoint).Port;
        Assert.True(PortOwner.IsTaken(port));
        Assert.Contains($"(process {Environment.ProcessId})", PortOwner.Find(port), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Dicom:Ports", "DICOM")]
    [InlineData("Web:Port", "web")]
    public async Task A_port_in_use_is_one_sentence_with_port_process_and_setting(string key, string use)
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        var port = ((IPEndPoint)socket.LocalEndpoint).Port;
        var error = await Assert.ThrowsAnyAsync<Exception>(() => RunningGateway.StartAsync(FormattableString.Invariant($"{key}={port}")));
        var settings = key == "Web:Port"
            ? new Gantry.Sidecar.Settings.SidecarSettings { Dicom = new() { Ports = [0] }, Web = new() { Port = port } }
            : new() { Dicom = new() { Ports = [port] }, Web = new() { Port = 0 } };
        var sentence = Assert.Single(ListenFailure.Explain(error, settings));
        Assert.StartsWith($"Port {port} ({use}) is in use by ", sentence, StringComparison.Ordinal);
        Assert.Contains($"(process {Environment.ProcessId})", sentence, StringComparison.Ordinal);
        Assert.EndsWith($"set {key} to another port.", sentence, StringComparison.Ordinal);
    }
}
