namespace Gantry.Worklist.Schema;

/// <summary>
/// The tables that other programs know (contracts.md section 3). A file made by somebody else with these tables passes through
/// here too:
/// it gets what it lacks and keeps every row.
/// </summary>
internal static class Version1
{
    private static readonly ColumnDefinition[] Items =
    [
        new("accession_number", "{text} NOT NULL PRIMARY KEY"),
        new("patient_id", "{text}"),
        new("patient_name", "{text}"),
        new("patient_birth_date", "{text}"),
        new("patient_sex", "{text}"),
        new("scheduled_date", "{text}"),
        new("scheduled_time", "{text}"),
        new("modality", "{text}"),
        new("study_description", "{text}"),
        new("procedure_code", "{text}"),
        new("status", "{text} DEFAULT 'SCHEDULED' CHECK (status IN ('SCHEDULED', 'IN_PROGRESS', 'COMPLETED', 'DISCONTINUED'))"),
        new("study_instance_uid", "{text}"),
        new("mpps_instance_uid", "{text}"),
        new("created_at", "{text}"),
        new("updated_at", "{text}"),
        new("source_message_id", "{text}"),
    ];

    private static readonly ColumnDefinition[] Steps =
    [
        new("sop_instance_uid", "{text} NOT NULL"),
        new("accession_number", "{text}"),
        new("study_instance_uid", "{text}"),
        new("modality", "{text}"),
        new("status", "{text}"),
        new("start_time", "{text}"),
        new("end_time", "{text}"),
    ];

    public static async ValueTask ApplyAsync(SchemaEditor editor)
    {
        bool known = await editor.EnsureTableAsync("worklist_items", Items).ConfigureAwait(false);
        if (known)
        {
            await editor.RunAsync("CREATE UNIQUE INDEX IF NOT EXISTS ux_items_accession ON worklist_items (accession_number)")
                .ConfigureAwait(false);
        }
        await editor.EnsureTableAsync("mpps_tracking", Steps).ConfigureAwait(false);
        await editor.RunAsync("""
            CREATE UNIQUE INDEX IF NOT EXISTS ux_steps_sop_instance_uid ON mpps_tracking (sop_instance_uid);
            CREATE INDEX IF NOT EXISTS ix_items_study ON worklist_items (study_instance_uid);
            CREATE INDEX IF NOT EXISTS ix_items_patient ON worklist_items (patient_id);
            """).ConfigureAwait(false);
        if (!await editor.ExistsAsync("patients").ConfigureAwait(false))
            // Each patient once, as the order changed last describes him or her.
            await editor.RunAsync("""
                CREATE VIEW patients AS
                SELECT patient_id, patient_name, patient_birth_date AS birth_date, patient_sex AS sex
                FROM worklist_items AS item
                WHERE patient_id <> '' AND accession_number = (
                    SELECT newest.accession_number FROM worklist_items AS newest WHERE newest.patient_id = item.patient_id
                    ORDER BY coalesce(newest.updated_at, '') DESC, newest.accession_number DESC LIMIT 1)
                """).ConfigureAwait(false);
    }
}
