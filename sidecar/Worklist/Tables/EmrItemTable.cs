using System.Globalization;
using System.Numerics;
using Gantry.Worklist.Engines;

namespace Gantry.Worklist.Tables;

/// <summary>What the EMR may do to <c>worklist_items</c>. Each statement asks for the status itself: an exam may start meanwhile.</summary>
internal sealed class EmrItemTable
{
    // Never started: no modality has told of a performed step
    private const string IsUntouched = "coalesce(mpps_instance_uid, '') = ''";

    private const string IsWithdrawn = $"status = 'DISCONTINUED' AND {IsUntouched}";

    /// <summary>
    /// These follow the EMR whatever became of the exam, as long as it is the same patient: a name that was misspelt is corrected.
    /// All else of a started exam is what was examined, and stays.
    /// </summary>
    private static readonly WorklistColumn[] AlwaysFollow =
    [
        WorklistColumn.PatientName, WorklistColumn.PatientNameIdeographic, WorklistColumn.PatientNamePhonetic,
        WorklistColumn.PatientNameRomanized, WorklistColumn.PatientBirthDate, WorklistColumn.PatientSex,
    ];

    /// <summary>What the store keeps or decides, whoever describes it.</summary>
    private static readonly WorklistColumn[] NeverFollow =
    [
        WorklistColumn.AccessionNumber, WorklistColumn.Status, WorklistColumn.StudyInstanceUid, WorklistColumn.MppsInstanceUid,
        WorklistColumn.CreatedAt, WorklistColumn.UpdatedAt, WorklistColumn.SourceMessageId,
    ];

    private static readonly string Insert = $"INSERT INTO worklist_items ({string.Join(", ", WorklistColumns.All.Select(static c => c.SqlName()))}) "
        + $"VALUES ({string.Join(", ", Enumerable.Range(1, WorklistColumns.Count).Select(static n => $"${n}"))}) "
        + "ON CONFLICT (accession_number) DO NOTHING";

    private const string Withdraw =
        "UPDATE worklist_items SET status = 'DISCONTINUED', updated_at = $2 WHERE accession_number = $1 AND status = 'SCHEDULED'";

    private const string SamePatient = "SELECT 1 FROM worklist_items WHERE accession_number = $1 AND patient_id = $2";

    private const string Remove = $"DELETE FROM worklist_items WHERE accession_number = $1 AND {IsUntouched} "
        + "AND (status = 'SCHEDULED' OR ($2 = 1 AND status = 'DISCONTINUED'))";

    private readonly WorklistColumn[] _columns;
    private readonly string _update;

    public EmrItemTable(IReadOnlyList<WorklistColumn> columns)
    {
        _columns = [.. columns.Except(NeverFollow)];
        string isOpen = $"(status = 'SCHEDULED' OR ($3 = 1 AND {IsWithdrawn}))";
        int id = Array.IndexOf(_columns, WorklistColumn.PatientId);
        string patient = id < 0 ? "patient_id" : $"${id + 4}";
        // Without a value the row keeps its id: the accession number is put there by a trigger
        IEnumerable<string> sets = _columns.Select((column, index) => AlwaysFollow.Contains(column)
            ? $"{column.SqlName()} = CASE WHEN {isOpen} OR patient_id = {patient} THEN ${index + 4} ELSE {column.SqlName()} END"
            : $"{column.SqlName()} = CASE WHEN {isOpen} THEN ${index + 4} ELSE {column.SqlName()} END");
        _update = $"UPDATE worklist_items SET updated_at = $2, "
            + $"status = CASE WHEN $3 = 1 AND {IsWithdrawn} THEN 'SCHEDULED' ELSE status END"
            + string.Concat(sets.Select(static set => ", " + set)) + " WHERE accession_number = $1";
    }

    /// <summary>True if the query behind this one describes the same columns.</summary>
    public bool Describes(IReadOnlyList<WorklistColumn> columns) => _columns.SequenceEqual(columns.Except(NeverFollow));

    public async ValueTask<bool> UpdateAsync(ISession session, WorklistItem item, bool wasWithdrawn, string now)
    {
        var values = new SqlValue[_columns.Length + 3];
        (values[0], values[1], values[2]) = (item.AccessionNumber, now, wasWithdrawn ? 1 : 0);
        for (int index = 0; index < _columns.Length; index++) values[index + 3] = WorklistColumns.Value(item, _columns[index]);
        return await session.ExecuteAsync(_update, values).ConfigureAwait(false) > 0;
    }

    public static async ValueTask<bool> InsertAsync(ISession session, WorklistItem item, string now)
    {
        item = item with
        {
            CreatedAt = now,
            UpdatedAt = now,
            // What a trigger would otherwise fill in with a second write of the row
            StudyInstanceUid = item.StudyInstanceUid ?? NewUid(StoreTime.Parse(now)),
            RequestedProcedureId = item.RequestedProcedureId ?? Cut(item.AccessionNumber),
            ScheduledStepId = item.ScheduledStepId ?? Cut(item.AccessionNumber),
        };
        var values = new SqlValue[WorklistColumns.Count];
        foreach (WorklistColumn column in WorklistColumns.All) values[(int)column] = WorklistColumns.Value(item, column);
        return await session.ExecuteAsync(Insert, values).ConfigureAwait(false) > 0;
    }

    /// <summary>True if the worklist's order of this accession number is for the same patient.</summary>
    public static async ValueTask<bool> IsForAsync(ISession session, WorklistItem item) =>
        (await session.QueryAsync(SamePatient, static _ => true, item.AccessionNumber, item.PatientId).ConfigureAwait(false)).Count > 0;

    public static async ValueTask<bool> WithdrawAsync(ISession session, string accession, string now) =>
        await session.ExecuteAsync(Withdraw, accession, now).ConfigureAwait(false) > 0;

    public static async ValueTask<bool> RemoveAsync(ISession session, string accession, bool wasWithdrawn) =>
        await session.ExecuteAsync(Remove, accession, wasWithdrawn ? 1 : 0).ConfigureAwait(false) > 0;

    // 2.25.<a UUID as a number>, PS3.5 B.2. Version 7 counts with time, so that many new ones stand side by side in the index
    private static string NewUid(DateTimeOffset now) => string.Create(CultureInfo.InvariantCulture,
        $"2.25.{new BigInteger(Guid.CreateVersion7(now).ToByteArray(bigEndian: true), isUnsigned: true, isBigEndian: true)}");

    private static string Cut(string accession) => accession.Length > 16 ? accession[..16] : accession;
}
