using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Gantry.Dicom;

namespace Gantry.Sidecar.Tests.Cli;

/// <summary>DCMTK's storescp (Debian package dcmtk) as an archive that nobody here wrote.</summary>
internal sealed class Storescp : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gantry-storescp-");
    private readonly Process _process;

    private Storescp(int port)
    {
        Port = port.ToString(CultureInfo.InvariantCulture);
        _process = Process.Start(new ProcessStartInfo("storescp", ["-od", _folder.FullName, "+uf", "-aet", "ORTHANC", Port])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
    }

    public string Port { get; }

    /// <summary>The files that arrived, read back.</summary>
    public IReadOnlyList<DicomDataset> Images =>
        [.. Directory.GetFiles(_folder.FullName).Select(file => DicomFile.Open(file).Dataset)];

    /// <summary>Starts it on a port that was free a moment ago, and returns when it answers.</summary>
    public static async Task<Storescp> StartAsync()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
        var archive = new Storescp(port);
        // It tells nobody when it listens
        for (var attempt = 0; (await Shell.RunAsync("echo", "127.0.0.1", archive.Port)).Code != 0; attempt++)
        {
            Assert.True(attempt < 200 && !archive._process.HasExited, "storescp does not start.");
            await Task.Delay(50);
        }
        return archive;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }
}
