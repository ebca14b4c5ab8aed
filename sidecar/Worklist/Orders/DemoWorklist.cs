namespace Gantry.Worklist;

/// <summary>Four orders to try things with: three mammographies and one MR, all on the same day.</summary>
public static class DemoWorklist
{
    /// <summary>Adds the demo orders if the store has no order at all; false if it has.</summary>
    /// <param name="store">The store.</param>
    /// <param name="today">The day they are scheduled for, in the site's time.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<bool> SeedAsync(IWorklistStore store, DateOnly today, CancellationToken cancellationToken)
    {
        WorklistStatistics statistics = await store.StatisticsAsync(cancellationToken).ConfigureAwait(false);
        if (statistics.Total > 0) return false;
        await store.AddAsync(Items(today), cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>The demo orders themselves.</summary>
    public static IReadOnlyList<WorklistItem> Items(DateOnly today) =>
    [
        Item(today, "ACC000", "BS000001", "SMITH^JOHN", "19650315", "M", "100000", "MG",
            "Bilateral Mammography", "MAMMO_BILATERAL"),
        Item(today, "ACC001", "BS001234", "SMITH^JANE", "19650315", "F", "100000", "MG",
            "Bilateral Mammography", "MAMMO_BILATERAL"),
        Item(today, "ACC002", "BS005678", "JONES^MARY", "19700822", "F", "110000", "MG",
            "Screening Mammography", "MAMMO_SCREENING"),
        Item(today, "4567", "BS009012", "TAYLOR^ROBERT", "19580604", "M", "140000", "MR", "MR Brain", "MR_BRAIN"),
    ];

    private static WorklistItem Item(
        DateOnly today, string accession, string patientId, string name, string birthDate, string sex, string time,
        string modality,
        string description, string code) => new()
        {
            AccessionNumber = accession,
            PatientId = patientId,
            PatientName = name,
            PatientBirthDate = birthDate,
            PatientSex = sex,
            ScheduledDate = today.ToString("yyyyMMdd", System.Globalization.CultureInfo.InvariantCulture),
            ScheduledTime = time,
            Modality = modality,
            StudyDescription = description,
            StepDescription = description,
            ProcedureCode = code,
        };
}
