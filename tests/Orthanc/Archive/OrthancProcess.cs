using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace Orthanc.Net.Tests;

/// <summary>Debian's Orthanc with a folder of its own. It can be killed and started again; its address stays.</summary>
internal sealed class OrthancProcess : IAsyncDisposable
{
    public const string Username = "tester", Password = "p:ß w";

    // Another one than the installed one, to test with its version
    private static readonly string Program = Environment.GetEnvironmentVariable("ORTHANC_PROGRAM") ?? "Orthanc";
    private static readonly TimeSpan LongestStart = TimeSpan.FromMinutes(2);
    private static readonly HashSet<int> Taken = [];

    private readonly string _folder = Directory.CreateTempSubdirectory("orthanc-net-").FullName;
    private Process? _process;

    /// <summary>Plugins to load, as paths; they are of Debian's Orthanc, whatever <c>ORTHANC_PROGRAM</c> says.</summary>
    public IReadOnlyList<string> Plugins { get; init; } = [];

    public int DicomPort { get; } = FreePort();

    public int HttpPort { get; } = FreePort();

    public Uri Address => new($"http://127.0.0.1:{HttpPort}/");

    /// <summary>What it printed since it was started last.</summary>
    public string Log { get; private set; } = "";

    /// <summary>A new one that has started.</summary>
    public static async Task<OrthancProcess> StartNewAsync()
    {
        var orthanc = new OrthancProcess();
        try
        {
            await orthanc.StartAsync();
            return orthanc;
        }
        catch
        {
            await orthanc.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts it, and returns when it says that it has started.</summary>
    public async Task StartAsync()
    {
        var configuration = Path.Combine(_folder, "orthanc.json");
        await File.WriteAllTextAsync(configuration, Configuration());
        _process = Process.Start(new ProcessStartInfo(Program, [configuration]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _process.EnableRaisingEvents = true;
        _process.Exited += (_, _) => started.TrySetException(new InvalidOperationException($"Orthanc ended at once:\n{Log}"));
        _process.OutputDataReceived += (_, _) => { };
        Log = "";
        _process.ErrorDataReceived += (_, line) =>
        {
            Log += line.Data + "\n";
            if (line.Data?.Contains("Orthanc has started", StringComparison.Ordinal) == true)
                started.TrySetResult();
        };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await started.Task.WaitAsync(LongestStart);
    }

    /// <summary>kill -9: no chance to finish anything.</summary>
    public async Task KillAsync()
    {
        if (_process is null)
            return;
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    /// <summary>Throws the index and the images away; Orthanc must not run.</summary>
    public void ForgetEverything() => Directory.Delete(Path.Combine(_folder, "db"), recursive: true);

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private string Configuration() => $$"""
        {
          "Name": "Tested", "StorageDirectory": {{Json(Path.Combine(_folder, "db"))}}, "IndexDirectory": {{Json(Path.Combine(_folder, "db"))}},
          "HttpPort": {{HttpPort}}, "DicomPort": {{DicomPort}}, "DicomAet": "TESTED",
          "RemoteAccessAllowed": false, "AuthenticationEnabled": true, "RegisteredUsers": { {{Json(Username)}}: {{Json(Password)}} },
          "HttpDescribeErrors": true, "DicomScuTimeout": 5, "SaveJobs": true, "StableAge": 1, "Plugins": [{{string.Join(", ", Plugins.Select(Json))}}],
          "DicomModalities": { "self": ["TESTED", "127.0.0.1", {{DicomPort}}], "nobody": ["NOBODY", "127.0.0.1", 1] },
          "DicomAlwaysAllowFind": true, "DicomAlwaysAllowMove": true, "DicomCheckCalledAet": false,
          "UserMetadata": { "GantryNote": 2000 }, "HttpsCACertificates": "/etc/ssl/certs/ca-certificates.crt"
        }
        """;

    private static string Json(string text) => $"\"{JsonEncodedText.Encode(text)}\"";

    /// <summary>Below 32768, where Linux does not give ports out by itself.</summary>
    private static int FreePort()
    {
        lock (Taken)
        {
            while (true)
            {
                var port = Random.Shared.Next(15000, 32000);
                try
                {
                    using var probe = new TcpListener(IPAddress.Any, port) { ExclusiveAddressUse = false };
                    probe.Start();
                    if (Taken.Add(port))
                        return port;
                }
                catch (SocketException)
                {
                    // Taken by another program; the next one then
                }
            }
        }
    }
}
