using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Gantry.Sidecar.Tests.Cli;

public sealed class PeerFailureTests
{
    [Fact]
    public async Task A_wrong_host_fails_in_phase_resolve()
    {
        var result = await Shell.RunAsync("echo", "no-such-host.invalid", "--timeout", "20", "--json");
        Assert.Equal((1, "resolve"), (result.Code, result.Failure.Phase));
        Assert.Contains("no-such-host.invalid", result.Failure.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_closed_port_fails_in_phase_connect()
    {
        using var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var port = ((IPEndPoint)closed.LocalEndpoint).Port;
        closed.Stop();
        var result = await Shell.RunAsync("echo", "127.0.0.1", $"{port}", "--json");
        Assert.Equal((1, "connect"), (result.Code, result.Failure.Phase));
    }

    [Fact]
    public async Task A_peer_that_says_nothing_fails_in_phase_associate_after_the_timeout()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var result =
            await Shell.RunAsync("echo", "127.0.0.1", $"{((IPEndPoint)silent.LocalEndpoint).Port}", "--timeout", "0.2", "--json");
        Assert.Equal((1, "associate"), (result.Code, result.Failure.Phase));
    }

    [Fact]
    public async Task A_person_reads_the_phase_too()
    {
        var result = await Shell.RunAsync("worklist-test", "-H", "no-such-host.invalid");
        Assert.Equal(1, result.Code);
        Assert.Contains("FAILED", result.Out, StringComparison.Ordinal);
        Assert.Contains("[resolve]", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_tls_file_is_named()
    {
        var result = await Shell.RunAsync("echo", "127.0.0.1", "1", "--tls-ca", "/nowhere/ca.pem", "--json");
        Assert.Equal((1, "options"), (result.Code, result.Failure.Phase));
        Assert.Contains("/nowhere/ca.pem", result.Failure.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("Parameter", result.Failure.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tls_is_spoken_with_the_files_given_and_a_peer_signed_by_others_fails_in_phase_tls()
    {
        var folder = Directory.CreateTempSubdirectory("gantry-cli-tls-");
        try
        {
            foreach (var name in new[] { "own", "other" })
            {
                using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
                var request = new CertificateRequest($"CN={name}.example", key, HashAlgorithmName.SHA256);
                var names = new SubjectAlternativeNameBuilder();
                names.AddDnsName($"{name}.example");
                request.CertificateExtensions.Add(names.Build());
                using var certificate =
                    request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
                await File.WriteAllTextAsync(Path.Combine(folder.FullName, $"{name}.crt"), certificate.ExportCertificatePem());
                await File.WriteAllTextAsync(Path.Combine(folder.FullName, $"{name}.key"), key.ExportPkcs8PrivateKeyPem());
            }
            string PathOf(string name) => Path.Combine(folder.FullName, name);
            await using var ward = await Ward.OpenAsync(
                "Dicom:Tls:Enabled=true", $"Dicom:Tls:Certificate={PathOf("own.crt")}",
                $"Dicom:Tls:PrivateKey={PathOf("own.key")}",
                $"Dicom:Tls:TrustedCertificates={PathOf("own.crt")}");
            string[] ours =
            [
                "echo", .. ward.Address, "--tls-cert", PathOf("own.crt"), "--tls-key", PathOf("own.key"),
                "--tls-name", "own.example", "--json",
            ];
            var good = await Shell.RunAsync([.. ours, "--tls-ca", PathOf("own.crt")]);
            Assert.True(good.Code == 0, good.Out);
            var bad = await Shell.RunAsync([.. ours, "--tls-ca", PathOf("other.crt")]);
            Assert.Equal((1, "tls"), (bad.Code, bad.Failure.Phase));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Ctrl_C_stops_a_command_that_waits()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var stop = new CancellationTokenSource();
        var port = $"{((IPEndPoint)silent.LocalEndpoint).Port}";
        var running = Shell.RunAsync([], ["echo", "127.0.0.1", port, "--json"], cancellationToken: stop.Token);
        using var accepted = await silent.AcceptTcpClientAsync(CancellationToken.None);
        await stop.CancelAsync();
        var result = await running;
        Assert.Equal(130, result.Code);
        Assert.Equal(["associate stopped"], result.Steps);
    }

    [Theory]
    [InlineData("--port", "echo", "-p", "0")]
    [InlineData("--port", "echo", "-p", "70000")]
    [InlineData("--aet", "echo", "-a", "SEVENTEEN_LETTERS")]
    [InlineData("--timeout", "echo", "--timeout", "-1")]
    [InlineData("--modality", "worklist-test", "-m", "M&G")]
    [InlineData("-aet", "worklist-test", "-aet", "X")]
    [InlineData("--echo-only", "pacs-test", "--echo-only", "--store-only")]
    [InlineData("--status", "worklist", "list", "--status", "DONE")]
    [InlineData("wroklist", "wroklist")]
    public async Task What_cannot_be_understood_is_named_and_ends_with_2(string named, params string[] args)
    {
        var result = await Shell.RunAsync(args);
        Assert.Equal(2, result.Code);
        Assert.Contains(named, result.Error, StringComparison.Ordinal);
        Assert.Contains("--help", result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Out);
    }

    [Theory]
    [InlineData("echo")]
    [InlineData("worklist-test")]
    [InlineData("pacs-test")]
    [InlineData("dicom-send")]
    [InlineData("modality")]
    [InlineData("worklist list")]
    [InlineData("worklist add")]
    [InlineData("worklist show")]
    [InlineData("worklist remove")]
    [InlineData("worklist stats")]
    public async Task Every_command_has_help_with_examples_and_the_fields_of_its_json(string command)
    {
        var result = await Shell.RunAsync([.. command.Split(' '), "--help"]);
        Assert.Equal(0, result.Code);
        Assert.Contains($"Examples:", result.Out, StringComparison.Ordinal);
        Assert.Contains($"gantry {command}", result.Out, StringComparison.Ordinal);
        Assert.Contains("steps[]", result.Out, StringComparison.Ordinal);
        Assert.Contains("Exit code", result.Out, StringComparison.Ordinal);
    }
}
