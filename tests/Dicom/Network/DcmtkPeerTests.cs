using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Gantry.Dicom.Network;

namespace Gantry.Dicom.Tests.Network;

/// <summary>DCMTK's tools (Debian: dcmtk) as peers that nobody here wrote.</summary>
public sealed class DcmtkPeerTests
{
    [Fact]
    public async Task Echoscu_is_answered()
    {
        await using var listener = await Listening.WithAsync();
        var (exit, output) = await RunAsync("echoscu", "-v", "--repeat", "3", "127.0.0.1", Port(listener));
        Assert.True(exit == 0, output);
        Assert.Contains("Received Echo Response (Success)", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Echoscu_over_tls_is_answered_and_without_a_certificate_refused()
    {
        using var files = new Certificates();
        var (server, client) = (files.Sign("server"), files.Sign("client"));
        await using var listener = await Listening.WithAsync(
            o => o.Tls = DicomTls.ServerOptions(server.Certificate, server.Key, files.Trusted), null, null);
        var (exit, output) = await RunAsync(
            "echoscu", "-v", "+tls", client.Key, client.Certificate, "+cf", files.Trusted, "127.0.0.1", Port(listener));
        Assert.True(exit == 0, output);
        (exit, output) = await RunAsync("echoscu", "-v", "+tla", "+cf", files.Trusted, "127.0.0.1", Port(listener));
        Assert.True(exit != 0, output);
    }

    [Fact]
    public async Task Findscu_gets_its_answers_and_can_cancel()
    {
        await using var listener = await Listening.WithAsync(new ServiceStub(ServiceStub.Worklist)
        {
            Find = async (request, responses, token) =>
            {
                for (var i = 0; i < 1_000_000 && !responses.IsCancelled; i++)
                {
                    new DicomDataset().Set(DicomTags.PatientName, $"TEST^NR{i}").Write(responses, request.TransferSyntax);
                    responses.Commit();
                    await responses.FlushIfFullAsync(token);
                    if (i == 4 && request.ReadDataset().GetString(DicomTags.PatientName) == "FIVE") return DimseResponse.Success;
                }
                return new DimseResponse(DimseStatus.Cancel);
            },
        });
        var (exit, output) = await RunAsync("findscu", "-v", "-W", "-k", "PatientName=FIVE", "127.0.0.1", Port(listener));
        Assert.True(exit == 0, output);
        Assert.Contains("TEST^NR4", output, StringComparison.Ordinal);
        Assert.DoesNotContain("TEST^NR5", output, StringComparison.Ordinal);
        (exit, output) = await RunAsync(
            "findscu", "-v", "-W", "--cancel", "2", "-k", "PatientName=ALL", "127.0.0.1", Port(listener));
        Assert.True(exit == 0, output[..Math.Min(2000, output.Length)]);
        Assert.Contains("Cancel", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Storescu_stores_here_and_we_store_to_storescp()
    {
        var folder = Directory.CreateTempSubdirectory("gantry-store-").FullName;
        try
        {
            var pixels = new byte[2_000_000];
            new Random(2).NextBytes(pixels);
            var file = new DicomFile(
                new DicomDataset().Set(DicomTags.SOPClassUID, ServiceStub.CtImage).Set(DicomTags.SOPInstanceUID, "1.2.3.4")
                    .Set(DicomTags.PatientName, "TEST").SetBytes(DicomTags.PixelData, DicomVr.OW, pixels),
                TransferSyntax.ExplicitVrLittleEndian);
            await file.SaveAsync(Path.Combine(folder, "in.dcm"));

            byte[]? stored = null;
            await using var listener = await Listening.WithAsync(new ServiceStub(ServiceStub.CtImage)
            {
                Any = (request, _) =>
                {
                    stored = request.ReadDataset().GetBytes(DicomTags.PixelData).ToArray();
                    return new(DimseResponse.Success);
                },
            });
            var (exit, output) = await RunAsync("storescu", "-v", "127.0.0.1", Port(listener), Path.Combine(folder, "in.dcm"));
            Assert.True(exit == 0, output);
            Assert.Equal(pixels, stored);

            var port = FreePort();
            using var storescp = Start("storescp", "-od", folder, "+uf", port.ToString(CultureInfo.InvariantCulture));
            try
            {
                await using var client = await ConnectWhenUpAsync(port);
                Assert.Equal(DimseStatus.Success, (await client.StoreAsync(file)).Status);
                await client.ReleaseAsync();
                var kept = Directory.GetFiles(folder).Single(f => !f.EndsWith("in.dcm", StringComparison.Ordinal));
                Assert.Equal(pixels, DicomFile.Open(kept).Dataset.GetBytes(DicomTags.PixelData).ToArray());
            }
            finally
            {
                storescp.Kill();
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Task<DicomClient> ConnectWhenUpAsync(int port)
    {
        var options = new DicomClientOptions { Host = "127.0.0.1", Port = port, Contexts = [new(ServiceStub.CtImage)] };
        return Eventually.SucceedsAsync(
            () => DicomClient.ConnectAsync(options), e => e is DicomNetworkException { Phase: NetworkPhase.Connect });
    }

    private static string Port(DicomListener listener) => listener.Port().ToString(CultureInfo.InvariantCulture);

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private static Process Start(string program, params string[] arguments) => Process.Start(
        new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;

    private static async Task<(int Exit, string Output)> RunAsync(string program, params string[] arguments)
    {
        using var process = Start(program, arguments);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        var errors = process.StandardError.ReadToEndAsync(limit.Token);
        try
        {
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, await output + await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw new TimeoutException($"{program} did not end.");
        }
    }
}
