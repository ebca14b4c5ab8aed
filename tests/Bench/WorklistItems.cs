using System.Globalization;
using Gantry.Worklist;

namespace Gantry.Bench;

/// <summary>The items that every server gets: six modalities over forty days, today among them.</summary>
internal static class WorklistItems
{
    public const string AccessionFormat = "ACC%07ld";

    public const string QueriedModality = "MG";

    private const int Days = 40;

    private static readonly string[] Modalities = [QueriedModality, "CT", "MR", "US", "CR", "XA"];

    public static IEnumerable<WorklistItem> Make(int count)
    {
        var today = DateOnly.FromDateTime(TimeProvider.System.GetLocalNow().DateTime);
        for (var i = 0; i < count; i++)
        {
            yield return new WorklistItem
            {
                AccessionNumber = string.Create(CultureInfo.InvariantCulture, $"ACC{i:D7}"),
                PatientId = string.Create(CultureInfo.InvariantCulture, $"9{i % 50_000:D9}"),
                PatientName = string.Create(CultureInfo.InvariantCulture, $"FAMILY{i % 997}^GIVEN{i % 89}"),
                PatientBirthDate = "19650315",
                PatientSex = i % 2 == 0 ? "F" : "M",
                ScheduledDate = today.AddDays(DayOf(i)).ToString("yyyyMMdd", CultureInfo.InvariantCulture),
                ScheduledTime = string.Create(CultureInfo.InvariantCulture, $"{8 + i % 10:D2}{i % 60:D2}00"),
                Modality = Modalities[i % Modalities.Length],
                StudyDescription = "Mammography bilateral screening",
                ProcedureCode = "MAMMO_SCREENING",
                ScheduledStationAet = "STATION1",
                StudyInstanceUid = string.Create(CultureInfo.InvariantCulture, $"2.25.1{i:D12}"),
            };
        }
    }

    /// <summary>How many of the items are for one modality today.</summary>
    public static int TodayOf(string modality, int count) =>
        Enumerable.Range(0, count).Count(i => DayOf(i) == 0 && Modalities[i % Modalities.Length] == modality);

    private static int DayOf(int item) => item / Modalities.Length % Days - Days / 2;
}
