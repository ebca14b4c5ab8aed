using System.Globalization;
using Gantry.Dicom;
using Gantry.Dicom.Network;
using Gantry.Sidecar.Settings;
using Gantry.Sidecar.Web;

namespace Gantry.Sidecar.Cli;

/// <summary>What a modality asks the worklist for (PS3.4 Table K.6-1); null asks for any.</summary>
internal sealed record WorklistQuestion(string? Modality = null, string? Date = null, string? AccessionNumber = null)
{
    /// <summary>Most answers that are taken, so that a wrong peer cannot fill the memory; then the query is cancelled.</summary>
    private const int MaximumAnswers = 10_000;

    /// <summary>The options of a command as a question.</summary>
    /// <param name="run">The command.</param>
    /// <param name="date">The day where none was typed.</param>
    /// <exception cref="ArgumentException">The day is none.</exception>
    public static WorklistQuestion From(CommandRun run, string? date = null)
    {
        var typed = run.Get(CommonFlags.Date) ?? date;
        if (!DayRange.TryParse(typed == "any" ? null : typed, run.Terminal.Time.Today(), out var days))
            throw new ArgumentException(
                $"--date is '{typed}'; YYYYMMDD, 'today', 'any', or a range such as 20260101-20260131 is wanted.");
        var key = days.From == days.To ? days.From : $"{days.From}-{days.To}";
        return new(run.Get(CommonFlags.Modality), key, run.Get(CommonFlags.Accession));
    }

    /// <summary>Asks, as a step of the report.</summary>
    public Task<List<DicomDataset>> AskAsync(StepReport report, DicomClient client, CancellationToken cancellationToken) =>
        report.RunAsync("C-FIND", () => CollectAsync(client, cancellationToken), Count, cancellationToken);

    /// <summary>The items in the order a person expects: by day, time and accession number.</summary>
    public static IReadOnlyList<ScheduledExam> InOrder(IEnumerable<DicomDataset> answers) =>
        [.. answers.Select(ScheduledExam.Read).OrderBy(e => e.ScheduledDate, StringComparer.Ordinal)
            .ThenBy(e => e.ScheduledTime, StringComparer.Ordinal).ThenBy(e => e.AccessionNumber, StringComparer.Ordinal)];

    private async Task<List<DicomDataset>> CollectAsync(DicomClient client, CancellationToken cancellationToken)
    {
        var answers = new List<DicomDataset>();
        await foreach (var answer in client.FindAsync(PeerCall.WorklistFind, Identifier(), cancellationToken))
        {
            answers.Add(answer);
            if (answers.Count == MaximumAnswers) break;
        }
        cancellationToken.ThrowIfCancellationRequested();
        return answers;
    }

    private static string Count(List<DicomDataset> answers) => answers.Count switch
    {
        1 => "1 item",
        MaximumAnswers => string.Create(CultureInfo.InvariantCulture, $"{MaximumAnswers} items, then cancelled"),
        var count => string.Create(CultureInfo.InvariantCulture, $"{count} items"),
    };

    private DicomDataset Identifier() => new DicomDataset()
        .Set(DicomTags.SpecificCharacterSet, "ISO_IR 192")
        .Set(DicomTags.AccessionNumber, Values(AccessionNumber))
        .Set(DicomTags.ReferringPhysicianName)
        .Set(DicomTags.PatientName)
        .Set(DicomTags.PatientID)
        .Set(DicomTags.PatientBirthDate)
        .Set(DicomTags.PatientSex)
        .Set(DicomTags.StudyInstanceUID)
        .Set(DicomTags.RequestedProcedureDescription)
        .Set(DicomTags.RequestedProcedureID)
        .SetItems(DicomTags.ScheduledProcedureStepSequence, new DicomDataset()
            .Set(DicomTags.Modality, Values(Modality))
            .Set(DicomTags.ScheduledStationAETitle)
            .Set(DicomTags.ScheduledProcedureStepStartDate, Values(Date))
            .Set(DicomTags.ScheduledProcedureStepStartTime)
            .Set(DicomTags.ScheduledPerformingPhysicianName)
            .Set(DicomTags.ScheduledProcedureStepDescription)
            .Set(DicomTags.ScheduledProcedureStepID));

    private static string[] Values(string? value) => value is null ? [] : [value];
}
