using System.CommandLine;
using System.Globalization;

namespace Gantry.Sidecar.Cli;

/// <summary><c>modality</c>: an emulated modality that takes an item from the worklist and performs it.</summary>
internal static class ModalityCommand
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(2);
    private static readonly Option<bool> All =
        new("--all") { Description = "Perform every item that matches, not just the first" };
    private static readonly Option<bool> Wait =
        new("--wait") { Description = "Ask every 2 s until an item is there; see --wait-limit" };
    private static readonly Option<double?> WaitLimit =
        PeerFlags.Seconds("--wait-limit", "Give up waiting after this; never if not given");
    private static readonly Option<double?> Delay =
        PeerFlags.Seconds("--delay", "Time between the start of an exam and its images");
    private static readonly Option<bool> Discontinue =
        new("--discontinue") { Description = "Give the exam up after its first image" };

    public static Command Create()
    {
        var command = new Command(
            "modality",
            "Emulates a modality: queries the worklist (of today, unless --date or --accession is given), starts MPPS, makes "
            + "and stores the images, finishes MPPS. If it cannot go on, it ends the step as DISCONTINUED.");
        PeerFlags.Worklist.AddTo(command);
        PeerFlags.SecondArchive.AddTo(command);
        foreach (var option in new Option[]
            { CommonFlags.Modality, CommonFlags.Date, CommonFlags.Accession, All, Wait, WaitLimit, Delay, Discontinue })
            command.Options.Add(option);
        PhantomFlags.AddTo(command);
        PeerFlags.AddConnectionTo(command);
        CommandRun.Attach(command, "modality", RunAsync);
        return command;
    }

    private static async Task RunAsync(CommandRun run, CancellationToken cancellationToken)
    {
        var modality = run.Get(CommonFlags.Modality);
        // A modality has a name of its own, and asks for today unless it looks for one certain order
        var calling = modality is { Length: <= 15 } ? modality.Replace(' ', '_') + "1" : "GANTRY-CLI";
        var question = WorklistQuestion.From(run, run.Get(CommonFlags.Accession) is null ? "today" : null);
        var environment = run.Terminal.Environment;
        var room = new ExamRoom
        {
            Worklist = PeerFlags.Worklist.Read(run.Arguments, calling),
            Archive = PeerFlags.SecondArchive.Read(
                run.Arguments, calling, ArchiveAddress.Host(environment), ArchiveAddress.Port(environment)),
            Report = run.Report,
            Time = run.Terminal.Time,
            Phantoms = PhantomFlags.Read(run.Arguments),
            Delay = TimeSpan.FromSeconds(run.Get(Delay) ?? 0),
            Discontinue = run.Get(Discontinue),
        };
        var items = await FindAsync(run, room, question, cancellationToken);
        run.Result.Items = items;
        run.Show(Tables.Of(items));
        await PerformAsync(run, room, run.Get(All) ? items : [items[0]], cancellationToken);
    }

    private static async Task<IReadOnlyList<ScheduledExam>> FindAsync(
        CommandRun run, ExamRoom room, WorklistQuestion question, CancellationToken cancellationToken)
    {
        var start = run.Terminal.Time.GetTimestamp();
        while (true)
        {
            IReadOnlyList<ScheduledExam> items = [];
            await PeerCall.AssociateAsync(
                run.Report, room.Worklist, [PeerCall.WorklistFind], run.Terminal.Time,
                async client => items = WorklistQuestion.InOrder(await question.AskAsync(run.Report, client, cancellationToken)),
                cancellationToken);
            if (items.Count > 0) return items;
            var limit = run.Get(WaitLimit);
            if (!run.Get(Wait) && limit is null)
            {
                throw run.Report.Fail(
                    "pick an item", "answer",
                    $"The worklist has no item {Wanted(question)}. Add one, widen the search, or wait with --wait.");
            }
            if (limit is { } seconds && run.Terminal.Time.GetElapsedTime(start) >= TimeSpan.FromSeconds(seconds))
            {
                throw run.Report.Fail(
                    "pick an item", "answer",
                    FormattableString.Invariant($"No item {Wanted(question)} came within {seconds} s."));
            }
            await Task.Delay(PollInterval, run.Terminal.Time, cancellationToken);
        }
    }

    private static async Task PerformAsync(
        CommandRun run, ExamRoom room, IReadOnlyList<ScheduledExam> items, CancellationToken cancellationToken)
    {
        var exams = new List<PerformedExam>();
        run.Result.Exams = exams;
        foreach (var item in items)
        {
            run.Say($"{item.AccessionNumber}: {item.Modality} of patient {item.PatientId}");
            var exam = await room.PerformAsync(item, hasBegun: false, cancellationToken);
            exams.Add(exam);
            run.Say(string.Create(
                CultureInfo.InvariantCulture,
                $"{exam.AccessionNumber}: {exam.Status}, images: {exam.Images}, study {exam.StudyInstanceUid}"));
        }
    }

    private static string Wanted(WorklistQuestion question) => string.Join(
        ' ',
        new[]
        {
            question.AccessionNumber is null ? null : $"with accession number {question.AccessionNumber}",
            question.Modality is null ? null : $"for modality {question.Modality}",
            question.Date is null ? null : $"on {question.Date}",
        }.Where(part => part is not null).DefaultIfEmpty("at all"));
}
