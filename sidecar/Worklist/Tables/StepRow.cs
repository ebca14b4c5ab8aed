using Gantry.Worklist.Engines;

namespace Gantry.Worklist.Tables;

/// <summary>A row of <c>mpps_tracking</c>.</summary>
internal static class StepRow
{
    public const string Columns =
        "sop_instance_uid, status, object_bytes, transfer_syntax, character_set, accession_number, study_instance_uid, modality, "
        + "patient_id, "
        + "patient_name, start_time, end_time, calling_ae_title, warnings, unscheduled, created_at, updated_at";

    public static PerformedStep Read(IRow row) => new()
    {
        SopInstanceUid = row.Text(0) ?? "",
        Status = StepStatuses.Parse(row.Text(1)),
        Dataset = new StepObject(row.Bytes(2), row.Text(3) ?? "", row.Text(4)),
        AccessionNumber = row.Text(5),
        StudyInstanceUid = row.Text(6),
        Modality = row.Text(7),
        PatientId = row.Text(8),
        PatientName = row.Text(9),
        StartTime = row.Text(10),
        EndTime = row.Text(11),
        CallingAeTitle = row.Text(12),
        Warnings = ReadWarnings(row.Text(13)),
        IsUnscheduled = row.Integer(14) != 0,
        CreatedAt = row.Text(15),
        UpdatedAt = row.Text(16),
    };

    /// <summary>One warning in each line.</summary>
    public static string? WriteWarnings(IReadOnlyList<string> warnings) =>
        warnings.Count == 0 ? null : string.Join('\n', warnings.Select(static warning => warning.ReplaceLineEndings(" ")));

    private static string[] ReadWarnings(string? text) => string.IsNullOrEmpty(text) ? [] : text.Split('\n');
}
