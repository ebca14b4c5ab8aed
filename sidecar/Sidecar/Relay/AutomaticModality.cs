using System.Collections.Concurrent;
using System.Net;
using System.Threading.Channels;
using Gantry.Dicom.Network;
using Gantry.Sidecar.Cli;
using Gantry.Sidecar.Hosting;
using Gantry.Sidecar.Phantoms;
using Gantry.Sidecar.Settings;
using Gantry.Worklist;

namespace Gantry.Sidecar.Relay;

/// <summary>
/// The modality emulator inside the gateway: performs test items of the cloud and, in demo mode, whatever the cloud sends, over real
/// DICOM to our own listener and to the archive. One exam at a time. In demo mode, what waited at a stop is found in the worklist at the
/// next start, and an exam that was under way is finished; elsewhere it stays on the worklist.
/// </summary>
internal sealed class AutomaticModality(
    SidecarSettings settings, DicomListenerService listener, IWorklistStore store, TimeProvider time, ILogger<AutomaticModality> logger) : BackgroundService
{
    private const int MostWaiting = 1000;

    private readonly Channel<EmulatedExam> _waiting = Channel.CreateBounded<EmulatedExam>(MostWaiting);

    /// <summary>The orders that wait: what comes while the worklist is read is in both.</summary>
    private readonly ConcurrentDictionary<string, bool> _said = new(StringComparer.Ordinal);

    /// <summary>True in a demo: every order that the cloud sends is performed.</summary>
    public bool PerformsEverything => settings.Demo is { Enabled: true, AutomaticModality: true };

    /// <summary>Has an order performed soon.</summary>
    public void Perform(string accessionNumber)
    {
        if (_said.TryAdd(accessionNumber, true))
            Enqueue(new(accessionNumber));
    }

    private void Enqueue(EmulatedExam exam)
    {
        if (!_waiting.Writer.TryWrite(exam))
            Log.EmulatorFailed(logger, exam.AccessionNumber, "queue", "Too many exams wait for the emulated modality.");
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (PerformsEverything)
            await FindOpenAsync(stoppingToken);
        await foreach (var waiting in _waiting.Reader.ReadAllAsync(stoppingToken))
        {
            var accession = waiting.AccessionNumber;
            _said.TryRemove(accession, out _);
            var report = new StepReport(null, time);
            try
            {
                await PerformAsync(waiting, report, stoppingToken);
            }
            catch (StepReportedException)
            {
                var failed = report.Steps.LastOrDefault(step => step.Outcome == "failed");
                Log.EmulatorFailed(logger, accession, failed?.Phase ?? "", $"{failed?.Name}: {failed?.Detail}");
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
            {
                // One exam that cannot be drawn must not end the modality
                Log.EmulatorBroke(logger, error, accession);
            }
        }
    }

    private async Task FindOpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var exam in (await OpenExams.FindAsync(store, time, cancellationToken)).Where(exam => _said.TryAdd(exam.AccessionNumber, true)))
                Enqueue(exam);
        }
        catch (WorklistStoreException error)
        {
            Log.EmulatorBroke(logger, error, "what was sent before the start");
        }
    }

    private async Task PerformAsync(EmulatedExam waiting, StepReport report, CancellationToken cancellationToken)
    {
        var ordered = waiting.Begun ?? await AskAsync(waiting.AccessionNumber, report, cancellationToken);
        var calling = CallingFor(ordered.Modality);
        var room = new ExamRoom
        {
            Worklist = Worklist(calling), Archive = Archive(calling), Report = report, Time = time, Delay = settings.Demo.ExamDelay,
            Uids = exam => ExamUids.Of(exam.StudyInstanceUid, exam.AccessionNumber), IsResumed = PerformsEverything,
        };
        var performed = await room.PerformAsync(ordered, hasBegun: waiting.Begun is not null, cancellationToken);
        Log.EmulatorDone(logger, performed.AccessionNumber, performed.Images);
    }

    private async Task<ScheduledExam> AskAsync(string accession, StepReport report, CancellationToken cancellationToken)
    {
        var worklist = Worklist(settings.Dicom.AeTitle);
        IReadOnlyList<ScheduledExam> exams = [];
        await PeerCall.AssociateAsync(
            report, worklist, [PeerCall.WorklistFind], time,
            async client => exams = WorklistQuestion.InOrder(
                await new WorklistQuestion(AccessionNumber: accession).AskAsync(report, client, cancellationToken)),
            cancellationToken);
        return exams.Count > 0 ? exams[0]
            : throw report.Fail("pick an item", "answer", "The worklist does not have the order, or cannot give it to a modality.");
    }

    /// <summary>A title of its own, as a modality has; ours where only known callers get in.</summary>
    private string CallingFor(string? modality) =>
        settings.Dicom.CheckCallingAeTitle || settings.Dicom.CheckModalityHost || modality is not { Length: > 0 and <= 15 }
            ? settings.Dicom.AeTitle : modality + "1";

    private DicomClientOptions Worklist(string calling)
    {
        var endPoint = listener.EndPoints[0];
        var any = endPoint.Address.Equals(IPAddress.Any) || endPoint.Address.Equals(IPAddress.IPv6Any);
        return new()
        {
            Host = (any ? IPAddress.Loopback : endPoint.Address).ToString(),
            Port = endPoint.Port,
            CallingAeTitle = calling,
            CalledAeTitle = settings.Dicom.AeTitle,
            Tls = settings.Dicom.Tls.Enabled ? TlsFiles.SelfOptions(settings.Dicom.Tls) : null,
        };
    }

    private DicomClientOptions Archive(string calling)
    {
        var host = new Uri(settings.Orthanc.Url).Host;
        return new()
        {
            Host = host,
            Port = settings.Orthanc.DicomPort,
            CallingAeTitle = calling,
            CalledAeTitle = settings.Orthanc.AeTitle,
            Tls = settings.Dicom.Tls.Enabled ? TlsFiles.ArchiveOptions(settings.Dicom.Tls, host) : null,
        };
    }
}
