using System.CommandLine;
using Gantry.Dicom;
using Gantry.Dicom.Network;

namespace Gantry.Sidecar.Cli;

/// <summary><c>worklist-test</c>: does the worklist answer as a modality needs it?</summary>
internal static class WorklistTestCommand
{
    private static readonly Option<bool> Mpps = new("--mpps")
    {
        Description = "Also start and complete one item by MPPS; its order leaves the worklist",
    };

    public static Command Create()
    {
        var command = new Command("worklist-test", "Tests the worklist: C-ECHO, a query, and with --mpps N-CREATE and N-SET.");
        PeerFlags.Worklist.AddTo(command);
        foreach (var option in new Option[]
            { CommonFlags.Modality, CommonFlags.Date, CommonFlags.Accession, Mpps, CommonFlags.Verbose })
            command.Options.Add(option);
        PeerFlags.AddConnectionTo(command);
        CommandRun.Attach(command, "worklist-test", RunAsync);
        return command;
    }

    private static async Task RunAsync(CommandRun run, CancellationToken cancellationToken)
    {
        var question = WorklistQuestion.From(run);
        var peer = PeerFlags.Worklist.Read(run.Arguments);
        string[] classes = run.Get(Mpps)
            ? [VerificationService.SopClassUid, PeerCall.WorklistFind, PeerCall.PerformedStep]
            : [VerificationService.SopClassUid, PeerCall.WorklistFind];
        await PeerCall.AssociateAsync(
            run.Report, peer, classes, run.Terminal.Time,
            async client =>
            {
                await PeerCall.EchoAsync(run.Report, client, cancellationToken);
                var answers = await question.AskAsync(run.Report, client, cancellationToken);
                var items = WorklistQuestion.InOrder(answers);
                run.Result.Items = items;
                Show(run, answers, items);
                if (run.Get(Mpps))
                    run.Result.Exams = [await PerformAsync(run, client, peer.CallingAeTitle, items, cancellationToken)];
            },
            cancellationToken);
    }

    private static void Show(CommandRun run, List<DicomDataset> answers, IReadOnlyList<ScheduledExam> items)
    {
        if (items.Count > 0)
            run.Show(Tables.Of(items));
        else
            run.Say("  No item matches.");
        if (!run.IsVerbose) return;
        foreach (var answer in answers)
            run.Write(output => DicomDump.Write(answer, output));
    }

    private static async Task<PerformedExam> PerformAsync(
        CommandRun run, DicomClient client, string station, IReadOnlyList<ScheduledExam> items,
        CancellationToken cancellationToken)
    {
        if (items.Count == 0)
            throw run.Report.Fail(
                "MPPS", "answer", "The worklist has no item to start; add one, or ask for another modality or day.");
        var exam = items[0];
        var time = run.Terminal.Time;
        var step = new PerformedStepObject(exam, station, time.GetLocalNow(), DicomUid.New());
        await step.CreateAsync(run.Report, client, cancellationToken);
        var series = SeriesTally.WithoutImages("Worklist test");
        await step.FinishAsync(run.Report, client, series, reason: null, time.GetLocalNow(), cancellationToken);
        run.Say($"  {exam.AccessionNumber} was started and completed as step {step.InstanceUid}.");
        return new(exam.AccessionNumber ?? "", exam.Modality ?? "", step.StudyInstanceUid, step.InstanceUid, "COMPLETED", 0);
    }
}
