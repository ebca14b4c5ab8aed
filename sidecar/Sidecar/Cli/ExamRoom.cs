using Gantry.Dicom;
using Gantry.Dicom.Network;
using Gantry.Sidecar.Phantoms;

namespace Gantry.Sidecar.Cli;

/// <summary>The emulated modality at work on one item of the worklist: MPPS start, images into the archive, MPPS end.</summary>
internal sealed class ExamRoom
{
    /// <summary>What <see cref="Uids"/> is asked for the performed step.</summary>
    public const string Step = "step";

    private static readonly (string Code, string Meaning) EquipmentFailure = ("110501", "Equipment failure");
    private static readonly (string Code, string Meaning) Unspecified = ("110513", "Discontinued for unspecified reason");
    private static readonly TimeSpan TimeToGiveUp = TimeSpan.FromSeconds(5);

    /// <summary>Worklist and MPPS SCP.</summary>
    public required DicomClientOptions Worklist { get; init; }

    /// <summary>The archive.</summary>
    public required DicomClientOptions Archive { get; init; }

    /// <summary>Where the steps go.</summary>
    public required StepReport Report { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>How many images and how large.</summary>
    public PhantomOptions Phantoms { get; init; } = new();

    /// <summary>Between the start of the exam and its images.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>True to give the exam up after its first image.</summary>
    public bool Discontinue { get; init; }

    /// <summary>Names the step, the series and the images of an exam; new names by default.</summary>
    public Func<ScheduledExam, Func<string, string>> Uids { get; init; } = static _ => ExamUids.New;

    /// <summary>True where an exam that is stopped is finished by a later start: it stays in progress.</summary>
    public bool IsResumed { get; init; }

    /// <summary>
    /// Performs the exam. If anything fails or it is stopped once it has begun, it ends DISCONTINUED, so that no step stays open.
    /// </summary>
    /// <exception cref="StepReportedException">A step failed.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    /// <param name="exam">What was ordered.</param>
    /// <param name="hasBegun">True for one that was stopped after its start.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<PerformedExam> PerformAsync(ScheduledExam exam, bool hasBegun, CancellationToken cancellationToken)
    {
        var step = new PerformedStepObject(exam, Worklist.CallingAeTitle, Time.GetLocalNow(), Uids(exam)(Step));
        var tally = new SeriesTally();
        var before = Report.Steps.Count;
        try
        {
            if (!hasBegun)
                await CallWorklistAsync(client => step.CreateAsync(Report, client, cancellationToken), cancellationToken);
            if (Delay > TimeSpan.Zero)
                await Report.RunAsync("examine", () => WaitAsync(cancellationToken), _ => null, cancellationToken);
            await PeerCall.AssociateAsync(
                Report, Archive, ImageSender.SopClasses, Time,
                client => ImageSender.SendAsync(
                    Report, client, exam.Modality ?? "images", Images(exam, step), tally, cancellationToken),
                cancellationToken);
        }
        catch (Exception failure) when ((hasBegun || MayHaveBegun(before)) && !(IsResumed && failure is OperationCanceledException))
        {
            await GiveUpAsync(step, tally, failure is OperationCanceledException ? Unspecified : EquipmentFailure);
            throw;
        }
        await CallWorklistAsync(
            client => step.FinishAsync(
                Report, client, tally, Discontinue ? Unspecified : null, Time.GetLocalNow(), cancellationToken),
            cancellationToken);
        return new(
            exam.AccessionNumber ?? "", exam.Modality ?? "", step.StudyInstanceUid, step.InstanceUid,
            Discontinue ? "DISCONTINUED" : "COMPLETED", tally.Images);
    }

    /// <summary>
    /// True unless the worklist surely knows nothing of the exam: without a reply, the request may have been carried out.
    /// </summary>
    private bool MayHaveBegun(int before) => Report.Steps.Skip(before).Any(
        step => step is { Name: PerformedStepObject.CreateStep, Phase: null or "send" or "await reply" });

    private IEnumerable<DicomFile> Images(ScheduledExam exam, PerformedStepObject step)
    {
        var order = exam.ToOrder() with
        {
            StudyInstanceUid = step.StudyInstanceUid, MppsInstanceUid = step.InstanceUid, PerformedStepId = step.StepId,
        };
        var options = Phantoms with { StationName = Worklist.CallingAeTitle, Time = Time, Uids = Uids(exam) };
        var images = PhantomStudies.Make(exam.Modality ?? "OT", order, options);
        return Discontinue ? images.Take(1) : images;
    }

    private Task CallWorklistAsync(Func<DicomClient, Task> work, CancellationToken cancellationToken) =>
        PeerCall.AssociateAsync(Report, Worklist, [PeerCall.PerformedStep], Time, work, cancellationToken);

    private async Task GiveUpAsync(PerformedStepObject step, SeriesTally tally, (string, string) reason)
    {
        // The caller's token may be the very reason, so this has a short time of its own
        using var limit = new CancellationTokenSource(TimeToGiveUp, Time);
        try
        {
            await CallWorklistAsync(
                client => step.FinishAsync(Report, client, tally, reason, Time.GetLocalNow(), limit.Token), limit.Token);
        }
        catch (Exception failure) when (failure is StepReportedException or OperationCanceledException)
        {
            // Reported; what is told is the first failure
        }
    }

    private async Task<bool> WaitAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(Delay, Time, cancellationToken);
        return true;
    }
}
