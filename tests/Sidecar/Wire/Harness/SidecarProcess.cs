using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Gantry.Dicom.Network;

namespace Gantry.Sidecar.Tests.Wire;

/// <summary>The real program in a process of its own, from the build beside the tests, on a free port.</summary>
internal sealed partial class SidecarProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly int _port;

    private readonly Task _output;

    private SidecarProcess(Process process, int port, Task output) => (_process, _port, _output) = (process, port, output);

    /// <summary>True once <see cref="Kill"/> was called.</summary>
    public bool IsKilled { get; private set; }

    public static async Task<SidecarProcess> StartAsync(string folder, string databasePath, params string[] more)
    {
        var program = typeof(Gantry.Sidecar.Hosting.SidecarHost).Assembly.Location;
        var start = new ProcessStartInfo("dotnet",
        [
            program, "serve", "--Dicom:Ports:0", "0", "--Dicom:BindAddresses:0", "127.0.0.1", "--Web:Port", "0", "--Viewer:Enabled", "false",
            "--Web:BindAddresses:0", "127.0.0.1", "--Worklist:DatabasePath", databasePath, .. more,
        ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (await process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            if (Listening().Match(line) is not { Success: true } match) continue;
            var log = process.StandardOutput.ReadToEndAsync(); // the pipe must not fill up
            return new SidecarProcess(process, int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture), Task.WhenAll(log, errors));
        }

        throw new InvalidOperationException("The sidecar did not start: " + await errors);
    }

    public Task<DicomClient> ConnectAsync(string callingAeTitle) => DicomClient.ConnectAsync(new DicomClientOptions
    {
        Host = "127.0.0.1",
        Port = _port,
        CallingAeTitle = callingAeTitle,
        Contexts = [new(RawScu.Mpps)],
    });

    /// <summary>kill -9.</summary>
    public void Kill()
    {
        IsKilled = true;
        _process.Kill();
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        await _output;
        _process.Dispose();
    }

    [GeneratedRegex(@"127\.0\.0\.1:(\d+)")]
    private static partial Regex Listening();
}
