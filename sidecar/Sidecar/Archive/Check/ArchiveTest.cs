using System.Net;
using System.Net.Sockets;
using Gantry.Sidecar.Archive.Pictures;
using Gantry.Sidecar.Settings;
using Orthanc.Net;

namespace Gantry.Sidecar.Archive.Check;

/// <summary>Tries everything that Gantry needs of the archive, with real traffic, and says of each how it went.</summary>
internal sealed class ArchiveTest(SidecarSettings settings, OrthancClient orthanc, StorageWatch storage, ArchiveEcho echo, TimeProvider time) : IDisposable
{
    // However many people load the page, the archive gets two tests at a time
    private const int AtOnce = 2;

    // Where the plugin lives in our orthanc.json, as everywhere
    private const string DicomWebRoot = "dicom-web";

    private static readonly Version Oldest = new(1, 10);

    private readonly SemaphoreSlim _turns = new(AtOnce, AtOnce);

    /// <summary>Runs every step; REST and DICOM at the same time, for they fail apart.</summary>
    /// <param name="limit">How long a step may take.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<ArchiveReport> RunAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        await _turns.WaitAsync(cancellationToken);
        try
        {
            return await TestAsync(limit, cancellationToken);
        }
        finally
        {
            _turns.Release();
        }
    }

    public void Dispose() => _turns.Dispose();

    private async Task<ArchiveReport> TestAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        var url = new Uri(settings.Orthanc.Url);
        var timer = new StepTimer(limit, time);
        var dicom = timer.RunAsync("C-ECHO", token => echo.RunAsync(url.Host, token), cancellationToken);
        var (steps, system, statistics) = await AskRestAsync(timer, url, cancellationToken);
        steps.Add(await dicom);
        var refused = storage.Step(statistics?.CountInstances);
        steps.Add(refused.Status == ArchiveStep.Passed && url.IsLoopback && DiskSpace.Of(settings.Orthanc.StoragePath)?.Step() is { } scarce ? scarce : refused);
        return new(
            Worst(steps), settings.Orthanc.Url, FormattableString.Invariant($"{settings.Orthanc.AeTitle} at {url.Host}:{settings.Orthanc.DicomPort}"),
            system?.Version,
            statistics is null ? null : new(
                statistics.CountPatients, statistics.CountStudies, statistics.CountSeries, statistics.CountInstances, statistics.TotalDiskSize),
            steps, OpenJpeg.IsInstalled ? [] : [OpenJpeg.WayOut]);
    }

    private async Task<(List<ArchiveStep> Steps, OrthancSystem? System, OrthancStatistics? Statistics)> AskRestAsync(
        StepTimer timer, Uri url, CancellationToken cancellationToken)
    {
        var steps = new List<ArchiveStep>();
        (OrthancSystem? system, OrthancStatistics? statistics, IPAddress[] addresses) = (null, null, []);
        await StepAsync("resolve", async token => string.Join(", ", (addresses = await Dns.GetHostAddressesAsync(url.Host, token)).AsEnumerable()));
        await StepAsync("connect", token => ConnectAsync(addresses, url.Port, token));
        await StepAsync("REST", async token => $"Orthanc {(system = await orthanc.Server.GetSystemAsync(token)).Version}, '{system.Name}'");
        await StepAsync("version", _ => Task.FromResult(CheckVersion(system!.Version)));
        await StepAsync("index", async token =>
        {
            statistics = await orthanc.Server.GetStatisticsAsync(token);
            return FormattableString.Invariant($"{statistics.CountStudies} studies, {statistics.CountInstances} images");
        });
        await StepAsync("DICOMweb", async token => await CheckDicomWebAsync(token));
        return (steps, system, statistics);

        // What follows a failure would only fail in the same way; the version is an exception, as an old Orthanc still answers
        async Task StepAsync(string name, Func<CancellationToken, Task<string>> work) => steps.Add(
            steps.FirstOrDefault(step => step is { Status: ArchiveStep.Failed, Name: not "version" }) is { } broken
                ? new(name, ArchiveStep.Skipped, 0, null, $"Not tried, because of '{broken.Name}'.")
                : await timer.RunAsync(name, work, cancellationToken));
    }

    private static async Task<string> ConnectAsync(IPAddress[] addresses, int port, CancellationToken cancellationToken)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(addresses, port, cancellationToken);
        return socket.RemoteEndPoint is IPEndPoint { Address.IsIPv4MappedToIPv6: true } mapped
            ? $"{mapped.Address.MapToIPv4()}:{mapped.Port}" : $"{socket.RemoteEndPoint}";
    }

    private static string CheckVersion(string text) =>
        // 1.12.7, or mainline for one that somebody built
        !Version.TryParse(text, out var version) ? $"'{text}' is no released version; it is taken as a new one."
        : version >= Oldest ? $"{text} is new enough."
        : throw new StepException("version", $"Orthanc {text} is too old: Gantry needs {Oldest} or later. Upgrade the package orthanc.");

    private async Task<string> CheckDicomWebAsync(CancellationToken cancellationToken)
    {
        try
        {
            await orthanc.Server.CheckDicomWebAsync(DicomWebRoot, cancellationToken);
            return $"/{DicomWebRoot}/ answers.";
        }
        catch (OrthancNotFoundException)
        {
            var plugins = await orthanc.Server.ListPluginsAsync(cancellationToken);
            throw new StepException("await reply", plugins.Contains("dicom-web", StringComparer.Ordinal)
                ? $"The DICOMweb plugin runs, but not at /{DicomWebRoot}/: set DicomWeb.Root in orthanc.json to \"/{DicomWebRoot}/\"."
                : "The DICOMweb plugin is not loaded, so the viewer shows nothing: install orthanc-dicomweb and name it under Plugins in orthanc.json.");
        }
    }

    private static string Worst(List<ArchiveStep> steps) =>
        steps.Exists(step => step.Status == ArchiveStep.Failed) ? ArchiveStep.Failed
        : steps.Exists(step => step.Status == ArchiveStep.Warning) ? ArchiveStep.Warning : ArchiveStep.Passed;
}
