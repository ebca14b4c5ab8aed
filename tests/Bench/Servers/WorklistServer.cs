using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Gantry.Bench.Servers;

/// <summary>A worklist server as a process of its own, on a free port and in a folder of its own.</summary>
internal abstract class WorklistServer(string name, string folder) : IAsyncDisposable
{
    private Process? _process;

    public string Name { get; } = name;

    public string Folder { get; } = folder;

    public int Port { get; } = FreePort();

    public virtual bool HasMpps => false;

    /// <summary>Prepares its items, starts it, and waits until it takes connections.</summary>
    public abstract Task StartAsync(CancellationToken cancellationToken);

    /// <summary>Makes it ready for a case.</summary>
    public virtual Task PrepareAsync(BenchCase benchCase, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The most memory it had resident, in MB; null if it has ended.</summary>
    public virtual double? PeakMegabytes() => Megabytes("VmHWM:");

    /// <summary>The memory it has resident now, in MB; null if it has ended.</summary>
    public double? ResidentMegabytes() => Megabytes("VmRSS:");

    /// <summary>Processor time it has used so far, in seconds; null if it has ended.</summary>
    public double? ProcessorSeconds() => _process is { HasExited: false } running ? running.TotalProcessorTime.TotalSeconds : null;

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        if (Directory.Exists(Folder)) Directory.Delete(Folder, recursive: true);
    }

    protected async Task LaunchAsync(
        string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var (key, value) in environment) start.Environment[key] = value;
        _process = Process.Start(start) ?? throw new BenchException($"{program} did not start.");
        var log = new Queue<string>();
        DataReceivedEventHandler keep = (_, line) =>
        {
            lock (log)
            {
                log.Enqueue(line.Data ?? "");
                if (log.Count > 20) log.Dequeue();
            }
        };
        _process.OutputDataReceived += keep;
        _process.ErrorDataReceived += keep;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        for (var attempt = 0; attempt < 300; attempt++)
        {
            if (_process.HasExited) break;
            if (await AnswersAsync(cancellationToken)) return;
            await Task.Delay(200, cancellationToken);
        }

        lock (log) throw new BenchException($"{Name} did not come up on port {Port}:\n{string.Join('\n', log)}");
    }

    protected async Task StopAsync()
    {
        if (_process is null) return;
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    protected static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private double? Megabytes(string field)
    {
        if (_process is not { HasExited: false }) return null;
        var line = File.ReadLines($"/proc/{_process.Id}/status").First(line => line.StartsWith(field, StringComparison.Ordinal));
        return long.Parse(line[field.Length..].Replace("kB", "", StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture) / 1024.0;
    }

    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(IPAddress.Loopback, Port, cancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
